import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { LspClient } from '../support/lspClient';
import { temporaryFolder } from '../support/temporaryFolder';
import { without } from '../support/without';
import { shop, shopWith } from './shop';

const schemaFile = 'prisma/schema.prisma';

async function rulesIn(folder: string, file: string): Promise<{ rules: string[]; logged: readonly string[] }> {
  const client = await LspClient.startLoaded({ folders: [folder] });
  const rules = await client.rulesIn(await client.open(join(folder, file)));
  return { rules, logged: client.logged };
}

describe('a workspace', () => {
  it('without a schema is told so in the log, and gets no diagnostics', async () => {
    const { [schemaFile]: _, ...files } = shop;
    const { rules, logged } = await rulesIn(temporaryFolder(files), 'src/customers.ts');
    assert.deepEqual(rules, []);
    assert(logged.some((line) => line.includes('no schema.prisma found')));
  });

  it('with a schema that Prisma refuses is served as far as the schema can be read', async () => {
    const broken = `${shop[schemaFile].replace('email  String', 'email  Strin@@')}\nmodel {`;
    const folder = temporaryFolder(shopWith({ [schemaFile]: broken }));
    assert.deepEqual((await rulesIn(folder, 'src/customers.ts')).rules, ['query-in-loop']);
    assert((await rulesIn(folder, schemaFile)).rules.includes('redundant-index'));
  });

  it('with two schemas judges each package by its own', async () => {
    const indexed = shop[schemaFile].replace('@@index([number])', '@@index([customerId])');
    const packages = [
      ['one', shop],
      ['two', shopWith({ [schemaFile]: indexed })],
    ] as const;
    const files = packages.flatMap(([name, own]) =>
      Object.entries(own).map(([file, text]): [string, string] => [`${name}/${file}`, text]),
    );
    const folder = temporaryFolder(Object.fromEntries(files));
    const client = await LspClient.startLoaded({ folders: [folder] });
    const [one, two] = [
      await client.rulesIn(await client.open(join(folder, 'one', schemaFile))),
      await client.rulesIn(await client.open(join(folder, 'two', schemaFile))),
    ];
    assert.deepEqual(without(one, two).sort(), ['redundant-index', 'unindexed-foreign-key']);
    const loops = await client.open(join(folder, 'two/src/customers.ts'));
    assert.deepEqual(await client.rulesIn(loops), ['query-in-loop']);
  });

  it('may have no tsconfig, imports and links that lead in a circle', async () => {
    const { 'tsconfig.json': _, ...files } = shopWith({
      'src/prisma.ts':
        "import { PrismaClient } from '@prisma/client';\nimport './customers';\nexport * from './again';\nexport const prisma = new PrismaClient();\n",
      'src/again.ts': "export * from './prisma';\nexport * from './again';\n",
      'src/customers.ts': shop['src/customers.ts'].replace("'./prisma'", "'./again'"),
    });
    const folder = temporaryFolder(files);
    symlinkSync(folder, join(folder, 'src/loop'));
    symlinkSync(join(folder, 'src/self.ts'), join(folder, 'src/self.ts'));
    const { rules, logged } = await rulesIn(folder, 'src/customers.ts');
    assert.deepEqual(rules, ['query-in-loop']);
    assert(logged.some((line) => line.includes('src/self.ts: not read: its links lead in a circle')));
  });
});
