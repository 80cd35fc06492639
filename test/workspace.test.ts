import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { auditedPaths } from '../server/cli/auditedPaths';
import { UsageError } from '../server/cli/usageError';
import { defaultConfig, makeConfig } from '../server/core/config';
import { discover } from '../server/workspace/discover';
import { loadProject } from '../server/workspace/loadProject';
import { readDocument } from '../server/workspace/readDocument';
import { writeText } from '../server/workspace/writeText';
import { temporaryFolder } from './support/temporaryFolder';
import { withoutPermission } from './support/withoutPermission';

const schema = `generator client {
  provider = "prisma-client"
  output   = "../src/db/client"
}

datasource db {
  provider = "postgresql"
}

model User {
  id Int @id
}
`;

describe('discovery', () => {
  it('finds sources, schemas, packages, tsconfigs and migrations, and nothing else', async () => {
    const folder = temporaryFolder({
      'package.json': '{}',
      'tsconfig.json': '{}',
      'tsconfig.base.json': '{}',
      'prisma/schema.prisma': schema,
      'prisma/migrations/1_init/migration.sql': '',
      'src/a.ts': '',
      'src/b.tsx': '',
      'src/c.mjs': '',
      'src/types.d.ts': '',
      'src/data.json': '',
      'public/lib.min.js': '',
      'README.md': '',
    });
    assert.deepEqual((await discover(folder)).files, [
      'package.json',
      'prisma/migrations/1_init/migration.sql',
      'prisma/schema.prisma',
      'src/a.ts',
      'src/b.tsx',
      'src/c.mjs',
      'tsconfig.base.json',
      'tsconfig.json',
    ]);
  });

  it('heeds .gitignore at every level, above the folder too, the innermost first', async () => {
    const repository = temporaryFolder({
      '.git/HEAD': '',
      '.gitignore': '/app/private/\n*.gen.ts\n',
      'app/.gitignore': 'local.ts\n!keep.gen.ts\n',
      'app/a.ts': '',
      'app/a.gen.ts': '',
      'app/keep.gen.ts': '',
      'app/local.ts': '',
      'app/sub/local.ts': '',
      'app/private/secret.ts': '',
    });
    assert.deepEqual((await discover(join(repository, 'app'))).files, ['a.ts', 'keep.gen.ts']);
    assert.deepEqual((await discover(join(repository, 'app/private'))).files, ['secret.ts'], 'asked for by name');
  });

  it('never enters node_modules, .git or a package’s build folders', async () => {
    const folder = temporaryFolder({
      'package.json': '{}',
      'node_modules/x/index.js': '',
      '.git/hooks/a.js': '',
      '.next/server/a.js': '',
      'dist/a.js': '',
      'src/build/a.ts': '',
    });
    assert.deepEqual((await discover(folder)).files, ['package.json', 'src/build/a.ts']);
  });

  it('does not follow links to folders, so that a loop is harmless', async () => {
    const folder = temporaryFolder({ 'src/a.ts': '', 'shared.ts': '' });
    symlinkSync(folder, join(folder, 'src/loop'));
    symlinkSync(join(folder, 'src'), join(folder, 'again'));
    symlinkSync(join(folder, 'missing.ts'), join(folder, 'src/broken.ts'));
    symlinkSync(join(folder, 'shared.ts'), join(folder, 'src/linked.ts'));
    assert.deepEqual(await discover(folder), { files: ['shared.ts', 'src/a.ts', 'src/linked.ts'], notes: [] });
  });

  it('notes a link that leads to itself, and goes on', async () => {
    const folder = temporaryFolder({ 'src/b.ts': '' });
    symlinkSync(join(folder, 'src/a.ts'), join(folder, 'src/a.ts'));
    assert.deepEqual(await discover(folder), {
      files: ['src/b.ts'],
      notes: [{ file: 'src/a.ts', message: 'not read: its links lead in a circle' }],
    });
  });

  it('leaves out what the configuration excludes', async () => {
    const folder = temporaryFolder({ 'src/a.ts': '', 'old/deep/b.ts': '' });
    const { excludes } = makeConfig({ exclude: ['old/'] });
    assert.deepEqual((await discover(folder, { excludes })).files, ['src/a.ts']);
  });

  it('notes a folder without read permission, and goes on', async () => {
    const folder = temporaryFolder({ 'secret/a.ts': '', 'src/a.ts': '' });
    const { files, notes } = await withoutPermission(folder, 'secret', () => discover(folder));
    assert.deepEqual(files, ['src/a.ts']);
    assert.deepEqual(notes, [{ file: 'secret', message: 'folder not read: no permission' }]);
  });

  it('is not begun for a path without read permission', async () => {
    const folder = temporaryFolder({ 'package.json': '{}', 'secret/a.ts': '' });
    await withoutPermission(folder, 'secret', async () => {
      for (const path of ['secret', 'secret/a.ts']) {
        assert.throws(() => auditedPaths([path], folder), new UsageError(`can't read ${path}: no permission`));
      }
    });
  });

  it('takes nothing for ignored by a .gitignore without read permission', async () => {
    const folder = temporaryFolder({ '.gitignore': 'a.ts', 'a.ts': '' });
    assert.deepEqual(await withoutPermission(folder, '.gitignore', () => discover(folder)), {
      files: ['a.ts'],
      notes: [],
    });
  });

  it('notes a folder that is gone', async () => {
    const folder = temporaryFolder({ 'src/a.ts': '' });
    rmSync(folder, { recursive: true });
    const { files, notes } = await discover(folder);
    assert.deepEqual(files, []);
    assert.deepEqual(notes, [{ file: '.', message: 'folder not read: it is gone' }]);
  });

  it('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(discover(temporaryFolder({}), { signal }), /enough/);
  });
});

describe('loading', () => {
  it('reads facts, but not of generated code', async () => {
    const folder = temporaryFolder({
      'prisma/schema.prisma': schema,
      'src/a.ts': 'prisma.user.findMany();\n',
      'src/db/client/index.ts': 'export class PrismaClient {}\n',
      'src/api.ts':
        '/* eslint-disable */\n// This file is auto-generated by a tool. DO NOT EDIT.\nprisma.user.findMany();\n',
      'src/note.ts': "const text = 'DO NOT EDIT';\nprisma.user.findMany();\n",
    });
    const { project, files, analysed } = await loadProject(folder, { config: defaultConfig });
    assert.deepEqual([...project.documents.keys()].sort(), ['prisma/schema.prisma', 'src/a.ts', 'src/note.ts']);
    assert.deepEqual(files, ['prisma/schema.prisma', 'src/a.ts', 'src/api.ts', 'src/note.ts']);
    assert.equal(analysed.size, 3);
  });

  it('skips a file of 2 MB with a note', async () => {
    const folder = temporaryFolder({ 'big.ts': 'prisma.user.findMany();\n'.repeat(90_000), 'a.ts': '' });
    const { notes, analysed } = await loadProject(folder, { config: defaultConfig });
    assert.deepEqual(notes, [{ file: 'big.ts', message: 'skipped: larger than 1024 KB' }]);
    assert.equal(analysed.size, 1);
  });

  it('tells how far it is, up to the end', async () => {
    const folder = temporaryFolder({ 'a.ts': '', 'b.ts': '' });
    const steps: string[] = [];
    await loadProject(folder, { config: defaultConfig, onProgress: (read, total) => steps.push(`${read}/${total}`) });
    assert.equal(steps.at(-1), '2/2');
  });

  it('notes a file without read permission, and goes on', async () => {
    const folder = temporaryFolder({ 'a.ts': 'f();', 'b.ts': 'f();' });
    const load = () => loadProject(folder, { config: defaultConfig });
    const { notes, analysed } = await withoutPermission(folder, 'a.ts', load);
    assert.deepEqual(notes, [{ file: 'a.ts', message: 'not read: no permission' }]);
    assert.deepEqual([...analysed], ['b.ts']);
  });

  it('notes a file that is gone', () => {
    assert.deepEqual(readDocument(temporaryFolder({}), 'a.ts'), { skipped: 'not read: it is gone' });
  });

  it('counts offsets without a byte order mark, as editors do', async () => {
    const folder = temporaryFolder({ 'a.ts': '\uFEFF// perf-hints-ignore-file query-in-loop: x\n' });
    const { project, readText } = await loadProject(folder, { config: defaultConfig });
    const facts = project.documents.get('a.ts');
    assert.equal(facts?.kind === 'typescript' && facts.directives[0]?.range.start, 0);
    assert.equal(readText('a.ts')?.startsWith('//'), true);
  });
});

describe('writing', () => {
  it('keeps the byte order mark and the permissions, and leaves no other file', async () => {
    const folder = temporaryFolder({ 'a.ts': '\uFEFFold', 'b.ts': 'old' });
    chmodSync(join(folder, 'b.ts'), 0o755);
    writeText(folder, 'a.ts', 'new');
    writeText(folder, 'b.ts', 'new');
    assert.equal(readFileSync(join(folder, 'a.ts'), 'utf8'), '\uFEFFnew');
    assert.equal(readFileSync(join(folder, 'b.ts'), 'utf8'), 'new');
    assert.equal(statSync(join(folder, 'b.ts')).mode & 0o777, 0o755);
    assert.deepEqual((await discover(folder)).files, ['a.ts', 'b.ts']);
  });

  it('writes through a link', () => {
    const folder = temporaryFolder({ 'real/a.ts': 'old' });
    symlinkSync(join(folder, 'real/a.ts'), join(folder, 'a.ts'));
    writeText(folder, 'a.ts', 'new');
    assert.equal(readFileSync(join(folder, 'real/a.ts'), 'utf8'), 'new');
  });

  it('refuses a read-only file', () => {
    const folder = temporaryFolder({ 'a.ts': 'old' });
    chmodSync(join(folder, 'a.ts'), 0o444);
    assert.throws(() => writeText(folder, 'a.ts', 'new'), { code: 'EACCES' });
    assert.equal(readFileSync(join(folder, 'a.ts'), 'utf8'), 'old');
  });
});
