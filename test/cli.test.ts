import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { runCli } from './support/runCli';
import { startCli } from './support/startCli';
import { temporaryFolder } from './support/temporaryFolder';

/** Two findings: a warning (`redundant-index`, its fix a suggestion) and a hint (`unused-ignore`, its fix safe). */
const flawed = {
  'package.json': '{ "name": "shop" }',
  'prisma/schema.prisma': `datasource db {
  provider = "postgresql"
}

model Item {
  id    Int    @id
  shop  String
  label String

  @@index([shop])
  @@index([shop, label])
}
`,
  'src/items.ts': '// perf-hints-ignore redundant-index: 🙂 wrong place\nexport const limit = 10;\n',
};

const clean = { 'package.json': '{}', 'prisma/schema.prisma': 'model Item {\n  id Int @id\n}\n' };

const concurrency = 2;

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

describe('perf-hints audit', { concurrency }, () => {
  it('prints findings by file, aligned, with the totals, and exits with 1 for a warning', async () => {
    const { code, stdout, stderr } = await startCli(temporaryFolder(flawed), ['audit']);
    const [schemaHead, warning, blank, sourceHead, hint, , totals, end] = stdout.split('\n');
    assert.equal(schemaHead, 'prisma/schema.prisma');
    assert.match(warning ?? '', /^ {2}10:3 {2}warning {2}redundant-index {2}@@index\(\[shop\]\) of Item .*\.$/);
    assert.equal(blank, '');
    assert.equal(sourceHead, 'src/items.ts');
    assert.match(hint ?? '', /^ {2}1:22 {2}hint {2}unused-ignore {2}\S.*\.$/);
    assert.match(totals ?? '', /^1 warning, 0 information, 1 hint in 2 files \(2 analysed\) in [\d,]+ ms$/);
    assert.deepEqual([end, stderr, code], ['', '', 1]);
  });

  it('exits with 0 for a clean workspace', async () => {
    const { code, stdout } = await runCli(temporaryFolder(clean), ['audit']);
    assert.match(stdout, /^0 warnings, 0 information, 0 hints in 0 files \(1 analysed\)/);
    assert.equal(code, 0);
  });

  it('says the same of every place a report can be asked about', async () => {
    const folder = temporaryFolder(flawed);
    const whole = await runCli(folder, ['audit', 'prisma', 'src/items.ts']);
    assert.match(whole.stdout, /1 warning, 0 information, 1 hint/);
    const part = await runCli(folder, ['audit', 'src']);
    assert.match(part.stdout, /0 warnings, 0 information, 1 hint in 1 file \(1 analysed\)/);
    assert.equal(part.code, 0);
    const fromBelow = await runCli(join(folder, 'src'), ['audit', '../prisma/schema.prisma', '--format', 'json']);
    assert.equal(JSON.parse(fromBelow.stdout).findings[0].file, 'prisma/schema.prisma');
  });

  it('names files in text as seen from where it was called', async () => {
    const { stdout } = await runCli(join(temporaryFolder(flawed), 'src'), ['audit', '..']);
    assert.deepEqual(stdout.match(/^\S+$/gm), ['../prisma/schema.prisma', 'items.ts']);
  });

  it('fails from the severity that was asked for, and shows nothing below it', async () => {
    const folder = temporaryFolder({ ...flawed, 'prisma/schema.prisma': clean['prisma/schema.prisma'] });
    assert.equal((await runCli(folder, ['audit'])).code, 0);
    assert.equal((await runCli(folder, ['audit', '--severity', 'hint'])).code, 1);
    const { code, stdout } = await runCli(folder, ['audit', '--severity', 'information']);
    assert.match(stdout, /^0 warnings, 0 information, 0 hints/);
    assert.equal(code, 0);
  });

  it('puts up with as many findings as it is told', async () => {
    const folder = temporaryFolder(flawed);
    assert.equal((await runCli(folder, ['audit', '--max-warnings', '1'])).code, 0);
    assert.equal((await runCli(folder, ['audit', '--max-warnings=0'])).code, 1);
    assert.equal((await runCli(folder, ['audit', '--exit-zero'])).code, 0);
  });

  it('runs the chosen rules only, and calls no directive unused for the others', async () => {
    const folder = temporaryFolder(flawed);
    const rulesOf = async (...args: string[]) => {
      const { stdout } = await runCli(folder, ['audit', '--format', 'json', ...args]);
      return JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule);
    };
    assert.deepEqual(await rulesOf('--only', 'redundant-index'), ['redundant-index']);
    assert.deepEqual(await rulesOf('--only', 'unused-ignore'), ['unused-ignore']);
    assert.deepEqual(await rulesOf('--only', 'unindexed-foreign-key,unused-ignore'), []);
    assert.deepEqual(await rulesOf('--skip', 'redundant-index'), []);
  });

  it('tells on stderr where the time goes', async () => {
    const { stderr } = await runCli(temporaryFolder(flawed), ['audit', '--debug', 'timings']);
    for (const what of ['total', 'read', 'discover', 'rule redundant-index'])
      assert.match(stderr, new RegExp(`ms  ${what}`));
  });

  it('prints help and its version', async () => {
    const folder = temporaryFolder({});
    const { code, stdout } = await runCli(folder, ['--help']);
    assert.match(stdout, /^Usage: perf-hints audit \[paths\] \[options\]/);
    assert.equal(code, 0);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    assert.equal((await startCli(folder, ['--version'])).stdout, `${version}\n`);
  });
});

describe('the JSON report', { concurrency }, () => {
  it('is what its schema says', async () => {
    const { stdout, code } = await runCli(temporaryFolder(flawed), ['audit', '--format', 'json']);
    const report = JSON.parse(stdout);
    const validate = new Ajv().compile(JSON.parse(readFileSync('schemas/audit.schema.json', 'utf8')));
    assert.equal(validate(report), true, JSON.stringify(validate.errors));
    assert.equal(code, 1);
    assert.deepEqual(report.workspace, { files: 2, analysed: 2, schemas: ['prisma/schema.prisma'] });
    const [index, directive] = report.findings;
    assert.deepEqual(index.range.start, { line: 10, column: 3 });
    assert.equal(index.fixes[0].kind, 'suggestion');
    assert.deepEqual(directive.range, { start: { line: 1, column: 22 }, end: { line: 1, column: 37 } });
    assert.deepEqual(directive.fixes, [{ title: 'Remove the directive', kind: 'safe' }]);
  });

  it('keeps a finding’s fingerprint when lines move, and tells equal ones apart', async () => {
    const line = '// perf-hints-ignore redundant-index: x\nf();\n';
    const fingerprints = async (text: string): Promise<string[]> => {
      const { stdout } = await runCli(temporaryFolder({ ...clean, 'a.ts': text }), ['audit', '--format=json']);
      return JSON.parse(stdout).findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    };
    const before = await fingerprints(line + line);
    assert.equal(new Set(before).size, 2);
    assert.deepEqual(await fingerprints(`g();\r\n\n${line}\n${line}`), before);
  });
});

describe('the Markdown report', () => {
  it('has the totals, a table by rule and the findings by file', async () => {
    const { stdout } = await runCli(temporaryFolder(flawed), ['audit', '--format', 'markdown']);
    assert.match(stdout, /^# Perf Hints audit\n\n1 warning, /);
    assert.match(stdout, /\| `redundant-index` \| 1 \|/);
    assert.match(stdout, /\n## src\/items\.ts\n\n- \*\*1:22\*\* hint `unused-ignore`: /);
  });
});

describe('perf-hints audit --fix', { concurrency }, () => {
  it('applies the safe fixes, then reports what is left', async () => {
    const folder = temporaryFolder(flawed);
    const { code, stdout, stderr } = await runCli(folder, ['audit', '--fix']);
    assert.equal(read(folder, 'src/items.ts'), 'export const limit = 10;\n');
    assert.equal(read(folder, 'prisma/schema.prisma'), flawed['prisma/schema.prisma']);
    assert.match(stdout, /^prisma\/schema\.prisma\n.*redundant-index.*\n\n1 warning, 0 information, 0 hints/);
    assert.match(stderr, /1 fix applied in 1 file\n/);
    assert.equal(code, 1);
  });

  it('applies suggestions too when told, until nothing is left to fix', async () => {
    const folder = temporaryFolder({
      ...flawed,
      'src/items.ts': '// perf-hints-ignore redundant-index, unindexed-foreign-key: x\nexport const limit = 10;\n',
    });
    const { code, stdout } = await runCli(folder, ['audit', '--fix', '--unsafe-fixes']);
    assert.equal(read(folder, 'src/items.ts'), 'export const limit = 10;\n');
    assert.doesNotMatch(read(folder, 'prisma/schema.prisma'), /@@index\(\[shop\]\)/);
    assert.match(stdout, /^0 warnings, 0 information, 0 hints/);
    assert.equal(code, 0);
  });

  it('shows as a diff what it would do, and writes nothing', async () => {
    const folder = temporaryFolder(flawed);
    const { stdout } = await runCli(folder, ['audit', '--fix-dry-run']);
    assert.match(
      stdout,
      /^--- a\/src\/items\.ts\n\+\+\+ b\/src\/items\.ts\n@@ .* @@\n-\/\/ perf-hints-ignore.*\n export const/,
    );
    assert.equal(read(folder, 'src/items.ts'), flawed['src/items.ts']);
  });

  it('creates no migration: that is left to the editor', async () => {
    const first = 'prisma/migrations/20240101000000_first/migration.sql';
    const folder = temporaryFolder({
      ...flawed,
      [first]: `CREATE TABLE "Item" ("id" INT, "shop" TEXT, "label" TEXT);
CREATE INDEX "Item_shop_idx" ON "Item"("shop");
`,
    });
    const { stdout } = await runCli(folder, ['audit', '--fix-dry-run', '--unsafe-fixes']);
    assert.match(stdout, /^- {2}@@index\(\[shop\]\)$/m);
    assert.doesNotMatch(stdout, /migration/);
    await runCli(folder, ['audit', '--fix', '--unsafe-fixes']);
    assert.deepEqual(readdirSync(join(folder, 'prisma/migrations')), ['20240101000000_first']);
  });

  it('says so when a file is read-only, and exits with 2', async () => {
    const folder = temporaryFolder(flawed);
    chmodSync(join(folder, 'src/items.ts'), 0o444);
    const { code, stderr } = await runCli(folder, ['audit', '--fix']);
    assert.match(stderr, /src\/items\.ts: not fixed, it can't be written: no permission/);
    assert.equal(read(folder, 'src/items.ts'), flawed['src/items.ts']);
    assert.equal(code, 2);
  });
});

describe('wrong usage', { concurrency }, () => {
  const wrong: readonly (readonly [name: string, args: readonly string[], message: RegExp])[] = [
    ['no command', [], /no command given: try "perf-hints audit"/],
    ['an unknown command', ['adit'], /unknown command "adit"\. Did you mean "audit"\?/],
    ['an unknown flag', ['audit', '--formt', 'json'], /unknown flag "--formt"\. Did you mean "--format"\?/],
    ['an unknown short flag', ['audit', '-x'], /unknown flag "-x"\. See perf-hints --help/],
    ['a flag without its value', ['audit', '--format'], /--format needs a value/],
    ['a value where there is none', ['audit', '--fix=yes'], /--fix takes no value/],
    ['an unknown format', ['audit', '--format', 'xml'], /--format can be text, json, markdown, not "xml"/],
    [
      'an unknown rule',
      ['audit', '--only', 'redundant-idnex'],
      /unknown rule "redundant-idnex"\. Did you mean "redundant-index"\?/,
    ],
    ['an unknown severity', ['audit', '--severity', 'warn'], /--severity can be .* not "warn"/],
    ['a number that is none', ['audit', '--max-warnings', 'few'], /--max-warnings must be a whole number/],
    ['unsafe fixes without --fix', ['audit', '--unsafe-fixes'], /--unsafe-fixes needs --fix/],
    ['a missing path', ['audit', 'nowhere'], /no such file or folder: nowhere/],
    ['a missing config file', ['audit', '--config', 'no.json'], /can't read no\.json: no such file/],
  ];
  it('is said beside the result', async () => {
    const { code, stdout, stderr } = await startCli(temporaryFolder(clean), ['adit']);
    assert.deepEqual([stdout, stderr, code], ['', 'perf-hints: unknown command "adit". Did you mean "audit"?\n', 2]);
  });

  for (const [name, args, message] of wrong) {
    it(`${name}: one line says what is wrong, exit code 2`, async () => {
      const { code, stdout, stderr } = await runCli(temporaryFolder(clean), args);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
      assert.deepEqual([stdout, code], ['', 2]);
    });
  }
});

describe('odd workspaces', { concurrency }, () => {
  it('nothing to analyse: exit code 2', async () => {
    const { code, stderr } = await runCli(temporaryFolder({ 'README.md': '' }), ['audit']);
    assert.match(stderr, /no TypeScript, JavaScript or Prisma files to analyse in \./);
    assert.equal(code, 2);
  });

  it('no schema: says so, and goes on', async () => {
    const { code, stderr } = await runCli(temporaryFolder({ 'package.json': '{}', 'a.ts': 'f();\n' }), ['audit']);
    assert.match(stderr, /no schema\.prisma found/);
    assert.equal(code, 0);
  });

  it('paths of two workspaces: exit code 2', async () => {
    const folder = temporaryFolder({ 'a/package.json': '{}', 'a/x.ts': '', 'b/package.json': '{}', 'b/x.ts': '' });
    const { code, stderr } = await runCli(folder, ['audit', 'a', 'b']);
    assert.match(stderr, /b lies outside .*, the workspace folder of a/);
    assert.equal(code, 2);
  });

  it('a config file with a typing error: names the place, counts the rest, exit code 2', async () => {
    const config = '{\n  "rulez": {},\n  "rules": { "redundant-index": "off" }\n}\n';
    const folder = temporaryFolder({ ...flawed, 'perf-hints.config.json': config });
    const { code, stdout, stderr } = await runCli(folder, ['audit']);
    assert.match(stderr, /perf-hints\.config\.json:2:3 Unknown key "rulez"\. Did you mean "rules"\?/);
    assert.match(stdout, /^0 warnings/);
    assert.equal(code, 2);
  });

  it('another config file, named', async () => {
    const folder = temporaryFolder({ ...flawed, 'ci.json': '{ "exclude": ["prisma"] }' });
    assert.equal((await runCli(folder, ['audit', '--config', 'ci.json'])).code, 0);
  });

  it('two schemas, a circular import, no tsconfig: nothing to complain about', async () => {
    const folder = temporaryFolder({
      'a/package.json': '{}',
      'a/schema.prisma': clean['prisma/schema.prisma'],
      'b/package.json': '{}',
      'b/schema.prisma': clean['prisma/schema.prisma'],
      'a/x.ts':
        "import { PrismaClient } from '@prisma/client';\nimport { y } from './y';\nexport const db = y ?? new PrismaClient();\n",
      'a/y.ts': "import { db } from './x';\nexport const y = db;\n",
    });
    const { code, stdout, stderr } = await runCli(folder, ['audit', '--format', 'json']);
    assert.deepEqual(JSON.parse(stdout).workspace.schemas, ['a/schema.prisma', 'b/schema.prisma']);
    assert.deepEqual([stderr, code], ['', 0]);
  });

  it('syntax errors, an empty file, CRLF, tabs: analysed as far as they go', async () => {
    const folder = temporaryFolder({
      ...clean,
      'a.ts': 'export const a = (((;\nclass {',
      'empty.ts': '',
      'crlf.ts': 'f();\r\n\t// perf-hints-ignore redundant-index: x\r\n\tf();\r\n',
      'prisma/broken.prisma': 'model {\n  @@@\n model A { id Int @id',
    });
    const { code, stdout, stderr } = await runCli(folder, ['audit']);
    assert.match(stdout, /^crlf\.ts\n {2}2:23 {2}hint/);
    assert.equal(stderr, '');
    assert.equal(code, 0);
  });
});
