import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { defaultConfig } from '../server/core/config';
import type { DocumentFacts } from '../server/core/syntax/documentFacts';
import { FactsCache } from '../server/workspace/factsCache';
import { loadProject } from '../server/workspace/loadProject';
import { startCli } from './support/startCli';
import { temporaryFolder, writeIn } from './support/temporaryFolder';
import { withoutPermission } from './support/withoutPermission';

const demo = resolve(__dirname, 'workspace');
const ENGINE = 'this-build';

/** Reads a folder with the cache in a file, and saves that. */
async function load(folder: string, file: string, engine = ENGINE): Promise<ReadonlyMap<string, DocumentFacts>> {
  const cache = FactsCache.open(file, engine);
  const { project } = await loadProject(folder, { config: defaultConfig, cache });
  assert.equal(await cache.save(), undefined);
  return project.documents;
}

const schema = 'datasource db {\n  provider = "postgresql"\n}\nmodel Marked {\n  id Int @id\n}\n';
const shop = { 'schema.prisma': schema, 'src/a.ts': 'export const a = async () => prisma.marked.findMany();\n' };

describe('facts kept on disk', () => {
  it('are the facts that reading the files gives', async () => {
    const file = join(temporaryFolder({}), 'deep/cache');
    const fresh = (await loadProject(demo, { config: defaultConfig })).project.documents;
    assert.deepEqual(await load(demo, file), fresh, 'while they are made');
    const written = readFileSync(file);
    assert.deepEqual(await load(demo, file), fresh, 'from disk');
    assert.deepEqual(readFileSync(file), written, 'nothing new, nothing written');
    assert.deepEqual(readdirSync(join(file, '..')), ['cache'], 'no drafts are left');
  });

  it('follow every change of a file: its text, its name, its end', async () => {
    const file = join(temporaryFolder({}), 'cache');
    const folder = temporaryFolder(shop);
    await load(folder, file);
    writeIn(folder, 'schema.prisma', schema.replace('Marked', 'Changed'));
    writeIn(folder, 'src/b.ts', shop['src/a.ts']);
    assert.deepEqual(
      await load(folder, file),
      (await loadProject(folder, { config: defaultConfig })).project.documents,
    );
    const { size } = await load(folder, file);
    assert.equal(
      readFileSync(file, 'utf8').trimEnd().split('\n').length,
      1 + size,
      'what is no longer asked for is dropped',
    );
  });

  it('remember what says nothing, and what a tool wrote', async () => {
    const file = join(temporaryFolder({}), 'cache');
    const folder = temporaryFolder({ 'a.ts': 'const a = 1;\n', 'b.ts': '// @generated\nexport const b = 1;\n' });
    for (let round = 0; round < 2; round++) {
      const cache = FactsCache.open(file, ENGINE);
      const { analysed, project } = await loadProject(folder, { config: defaultConfig, cache });
      await cache.save();
      assert.deepEqual([...analysed], ['a.ts']);
      assert.equal(project.documents.size, 0);
    }
  });

  const damages: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
    'an empty file': () => Buffer.alloc(0),
    'something else': () => Buffer.from('{"version":1}\n'),
    'a file without a line': (bytes) => Buffer.from(bytes.toString().replaceAll('\n', '')),
    'a file that was cut off': (bytes) => bytes.subarray(0, bytes.length - 40),
    'a file that was cut off at a line': (bytes) => bytes.subarray(0, bytes.lastIndexOf('\n', bytes.length - 2) + 1),
    'a file with other facts': (bytes) => Buffer.from(bytes.toString().replaceAll('Marked', 'Forged')),
    'another format': (bytes) => Buffer.from(bytes.toString().replace(/facts \d+/, 'facts 0')),
    'a file with a byte changed': (bytes) =>
      bytes.map((byte, index) => (index === bytes.length >> 1 ? byte ^ 1 : byte)) as Buffer,
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`are made anew in place of ${name}`, async () => {
      const file = join(temporaryFolder({}), 'cache');
      const folder = temporaryFolder(shop);
      const fresh = await load(folder, file);
      const whole = readFileSync(file);
      writeFileSync(file, damage(whole));
      assert.deepEqual(await load(folder, file), fresh);
      assert.deepEqual(readFileSync(file), whole, 'and saved again');
    });
  }

  it('of another build are not trusted', async () => {
    const file = join(temporaryFolder({}), 'cache');
    const folder = temporaryFolder(shop);
    await load(folder, file, 'an-older-build');
    const before = readFileSync(file, 'utf8');
    await load(folder, file);
    const after = readFileSync(file, 'utf8');
    assert.ok(before.includes('an-older-build') && !after.includes('an-older-build'));
  });

  it('in a folder that can’t be written are read afresh each time, with a reason', async () => {
    const folder = temporaryFolder({ ...shop, 'kept/note': '' });
    const cache = FactsCache.open(join(folder, 'kept/cache'), ENGINE);
    const { project } = await loadProject(folder, { config: defaultConfig, cache });
    assert.equal(await withoutPermission(folder, 'kept', () => cache.save()), 'not saved: no permission');
    assert.equal(project.documents.size, 2);
  });
});

describe('perf-hints audit --cache', () => {
  it('reports the same with and without, and keeps its facts where tools keep theirs', async () => {
    const folder = temporaryFolder({ ...shop, 'package.json': '{}' });
    const plain = await startCli(folder, ['audit', '--format', 'json']);
    assert.equal(existsSync(join(folder, 'node_modules')), false, 'nothing is kept unasked');
    const durations = /"durationMs": \d+(\.\d+)?/;
    for (const round of ['first', 'second']) {
      const { code, stdout, stderr } = await startCli(folder, ['audit', '--cache', '--format', 'json']);
      assert.deepEqual(
        [code, stdout.replace(durations, ''), stderr],
        [plain.code, plain.stdout.replace(durations, ''), plain.stderr],
        round,
      );
    }
    assert.equal(readdirSync(join(folder, 'node_modules/.cache/perf-hints')).length, 1);
  });

  it('keeps them where it is told', async () => {
    const folder = temporaryFolder({ ...shop, 'package.json': '{}' });
    await startCli(folder, ['audit', '--cache-location', 'elsewhere/deep']);
    assert.equal(readdirSync(join(folder, 'elsewhere/deep')).length, 1);
    assert.equal(existsSync(join(folder, 'node_modules')), false);
  });

  it('says why it could not, and audits all the same', async () => {
    const folder = temporaryFolder({ ...shop, 'package.json': '{}', taken: 'a file' });
    const { stdout, stderr } = await startCli(folder, ['audit', '--cache-location', 'taken']);
    assert.match(stderr, /cache not saved/);
    assert.match(stdout, /src\/a\.ts/);
  });
});
