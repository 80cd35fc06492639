import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { shop } from './lsp/shop';
import { runCli } from './support/runCli';
import { startCli } from './support/startCli';
import { temporaryFolder, writeIn } from './support/temporaryFolder';

interface Place {
  readonly rule: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
}

/** Where the audit of a folder sees a query in a loop: `file:line:column`. */
async function loopsIn(folder: string, ...paths: string[]): Promise<string[]> {
  const { stdout } = await runCli(folder, ['audit', '--only', 'query-in-loop', '--format', 'json', ...paths]);
  const { findings }: { findings: Place[] } = JSON.parse(stdout);
  return findings.map(({ file, range }) => `${file}:${range.start.line}:${range.start.column}`);
}

const loops = 'src/customers.ts';

describe('an audit finds the same', { concurrency: 2 }, () => {
  const variants: readonly (readonly [name: string, change: (text: string) => string, place: string])[] = [
    ['in plain text', (text) => text, '6:28'],
    ['with CRLF', (text) => text.replaceAll('\n', '\r\n'), '6:28'],
    ['behind a byte order mark', (text) => `\uFEFF${text}`, '6:28'],
    ['behind tabs: a column each', (text) => text.replaceAll('  ', '\t'), '6:26'],
    ['behind an emoji: two columns', (text) => text.replace('const customer', '/* 🙂 */ const customer'), '6:37'],
    ['where the file breaks off', (text) => text.slice(0, text.indexOf('result.push')), '6:28'],
  ];
  for (const [name, change, place] of variants) {
    it(name, async () => {
      const changed = Object.entries(shop).map(([file, text]) => [
        file,
        /\.(ts|prisma)$/.test(file) ? change(text) : text,
      ]);
      const folder = temporaryFolder({
        ...Object.fromEntries(changed),
        'prisma/schema.prisma': shop['prisma/schema.prisma'],
      });
      assert.deepEqual(await loopsIn(folder), [`${loops}:${place}`]);
    });
  }

  it('beside a schema that Prisma refuses', async () => {
    const schema = shop['prisma/schema.prisma'].replace('email  String', 'email  Strin@@');
    const folder = temporaryFolder({ ...shop, 'prisma/schema.prisma': `${schema}\nmodel {` });
    assert.deepEqual(await loopsIn(folder), [`${loops}:6:28`]);
  });

  it('in a folder with an odd name, asked for in any way', async () => {
    const folder = temporaryFolder({});
    const name = 'my shop [v2] #1%20 ü';
    for (const [file, text] of Object.entries(shop)) writeIn(folder, `${name}/${file}`, text);
    for (const path of [name, `./${name}/`, `${name}/src`, join(folder, name, loops)]) {
      assert.deepEqual(await loopsIn(folder, path), [`${loops}:6:28`], path);
    }
  });
});

describe('an audit says in one line', { concurrency: 2 }, () => {
  it('that a file of 2 MB is skipped', async () => {
    const folder = temporaryFolder({ ...shop, 'src/big.ts': 'prisma.user.findMany();\n'.repeat(90_000) });
    const { stderr, code } = await runCli(folder, ['audit', '--only', 'redundant-index', '--exit-zero']);
    assert.deepEqual([stderr, code], ['perf-hints: src/big.ts: skipped: larger than 1024 KB\n', 0]);
  });

  it('that a config file is a folder', async () => {
    const folder = temporaryFolder(shop);
    mkdirSync(join(folder, 'perf-hints.config.json'));
    const { stderr, code } = await runCli(folder, ['audit']);
    assert.deepEqual([stderr, code], ["perf-hints: can't read perf-hints.config.json: it is a folder\n", 2]);
  });

  it('that a file is not UTF-8, and does not fix it', async () => {
    const folder = temporaryFolder({ 'package.json': '{}', 'schema.prisma': shop['prisma/schema.prisma'] });
    const latin1 = Buffer.from("// perf-hints-ignore query-in-loop: x\nconst name = 'Zoë';\n", 'latin1');
    writeFileSync(join(folder, 'a.ts'), latin1);
    const { stderr, code } = await runCli(folder, ['audit', '--fix']);
    assert.deepEqual([stderr, code], ["perf-hints: a.ts: not fixed, it can't be written: the file is not UTF-8\n", 2]);
    assert.deepEqual(readFileSync(join(folder, 'a.ts')), latin1);
  });
});

describe('an audit that is cancelled', () => {
  it('prints and writes nothing, and exits with 130', async () => {
    const unused = '// perf-hints-ignore query-in-loop: x\nf();\n';
    const folder = temporaryFolder({ ...shop, 'src/unused.ts': unused });
    // The audit waits for its configuration, so that it is surely under way when Ctrl+C comes.
    const config = join(folder, 'config.pipe');
    execFileSync('mkfifo', [config]);
    const { stdout, stderr, code } = await startCli(folder, ['audit', '--fix', '--config', config], (cli) => {
      void open(config, 'w').then(async (pipe) => {
        cli.kill('SIGINT');
        await pipe.write('{}');
        await pipe.close();
      });
    });
    assert.deepEqual([stdout, stderr, code], ['', 'perf-hints: cancelled\n', 130]);
    assert.equal(readFileSync(join(folder, 'src/unused.ts'), 'utf8'), unused);
  });
});
