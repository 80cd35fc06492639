import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { makeConfig } from '../server/core/config';
import { configJsonSchema } from '../server/core/config/jsonSchema';
import { readConfig } from '../server/core/config/readConfig';
import { ruleMetas } from '../server/core/rules/ruleMetas';

const ruleIds = ['query-in-loop', 'unbounded-find-many', 'unused-ignore'];

/** Each problem as the marked text and its message. */
function problemsOf(text: string): [string, string][] {
  return readConfig(text, ruleIds).problems.map(({ range, message }) => [text.slice(range.start, range.end), message]);
}

describe('perf-hints.config.json', () => {
  it('is read with comments and trailing commas', () => {
    const text = `{
      // our choices
      "$schema": "./x.json",
      "rules": { "query-in-loop": "off", "unbounded-find-many": "default", },
      "include": ["src/**"], "exclude": ["legacy"], "aside": [],
      "overrides": [{ "files": ["*.job.ts"], "rules": { "query-in-loop": "hint" } }],
    }`;
    assert.deepEqual(readConfig(text, ruleIds), {
      settings: {
        rules: { 'query-in-loop': 'off', 'unbounded-find-many': 'default' },
        include: ['src/**'],
        exclude: ['legacy'],
        aside: [],
        overrides: [{ files: ['*.job.ts'], rules: { 'query-in-loop': 'hint' } }],
      },
      problems: [],
    });
  });

  it('says what a typing error was meant to be, at its place, and counts the rest', () => {
    const text =
      '{ "rulez": {}, "rules": { "query-in-lop": "off", "unbounded-find-many": "warn", "unused-ignore": "off" } }';
    assert.deepEqual(problemsOf(text), [
      ['"rulez"', 'Unknown key "rulez". Did you mean "rules"?'],
      ['"query-in-lop"', 'Unknown rule "query-in-lop". Did you mean "query-in-loop"?'],
      ['"warn"', 'The rule "unbounded-find-many" can be set to off, warning, information, hint, default.'],
    ]);
    assert.deepEqual(readConfig(text, ruleIds).settings, { rules: { 'unused-ignore': 'off' } });
  });

  it('names values of the wrong kind', () => {
    assert.deepEqual(
      problemsOf('{ "rules": [], "include": "src", "exclude": [1, "[a", "b"], "overrides": [{}, 3] }').map(
        ([marked]) => marked,
      ),
      ['[]', '"src"', '1', '"[a"', '{}', '3'],
    );
  });

  it('that breaks off counts as far as it goes', () => {
    const { settings, problems } = readConfig('{ "rules": { "query-in-loop": "off"', ruleIds);
    assert.deepEqual(settings, { rules: { 'query-in-loop': 'off' } });
    assert.ok(problems.length > 0);
  });

  it('may be empty, or no object at all', () => {
    assert.deepEqual(readConfig('', ruleIds).settings, {});
    assert.deepEqual(problemsOf('[]'), [['[]', 'The configuration must be an object.']]);
    assert.deepEqual(readConfig('{ "__proto__": 1, "constructor": 2 }', ruleIds).settings, {});
  });
});

describe('configuration', () => {
  it('lets the later layer win, rule by rule', () => {
    const config = makeConfig(
      { rules: { a: 'off', b: 'hint' }, overrides: [{ files: ['src/**'], rules: { b: 'information' } }] },
      { rules: { a: 'warning' } },
    );
    assert.equal(config.severityOf('a', 'src/x.ts'), 'warning');
    assert.equal(config.severityOf('b', 'src/x.ts'), 'information');
    assert.equal(config.severityOf('b', 'x.ts'), 'hint');
    assert.equal(config.severityOf('c', 'x.ts'), 'default');
  });

  it('adds up excludes and replaces includes', () => {
    const config = makeConfig(
      { include: ['src/**'], exclude: ['*.gen.ts'] },
      { include: ['app/**'], exclude: ['old/'] },
    );
    const included = ['app/a.ts', 'app/a.gen.ts', 'src/a.ts', 'app/old/a.ts'].filter((file) => config.includes(file));
    assert.deepEqual(included, ['app/a.ts']);
    assert.equal(config.excludes('src/a.ts'), false, 'still read: other files may need what it says');
  });

  it('matches a glob without a slash at any depth, one with a slash from the top', () => {
    const excluded = (glob: string) =>
      ['src/a.ts', 'web/src/a.ts', '.x/a.ts'].filter((file) => makeConfig({ exclude: [glob] }).excludes(file));
    assert.deepEqual(excluded('src'), ['src/a.ts', 'web/src/a.ts']);
    assert.deepEqual(excluded('./src/'), ['src/a.ts', 'web/src/a.ts']);
    assert.deepEqual(excluded('src/**'), ['src/a.ts']);
    assert.deepEqual(excluded('*.ts'), ['src/a.ts', 'web/src/a.ts', '.x/a.ts']);
  });

  it('knows what runs aside of the application', () => {
    const config = makeConfig();
    const aside = [
      'src/a.test.ts',
      'src/a.e2e-spec.ts',
      'src/__tests__/a.ts',
      'test/a.ts',
      'cypress/a.ts',
      'prisma/seed.ts',
      'prisma/seeds/users.ts',
      'prisma/dev-seed-utils/users.ts',
      'prisma/migrations/1/data.ts',
      'scripts/import.ts',
      'examples/a.ts',
      'src/generated/client.ts',
      'jest.config.ts',
    ];
    assert.deepEqual(
      aside.filter((file) => !config.isAside(file)),
      [],
    );
    const notAside = [
      'src/a.ts',
      'src/contest/a.ts',
      'src/test.ts',
      'src/seedling.ts',
      'src/latest/a.ts',
      'src/description/a.ts',
    ];
    assert.deepEqual(
      notAside.filter((file) => config.isAside(file)),
      [],
    );
    assert.equal(makeConfig({ aside: ['jobs'] }).isAside('test/a.ts'), false, 'replaced, not added to');
  });
});

describe('the JSON schema of the config file', () => {
  const schema = configJsonSchema(ruleMetas);

  it('is committed as it is generated', () => {
    const committed: unknown = JSON.parse(readFileSync('schemas/perf-hints.config.schema.json', 'utf8'));
    assert.deepEqual(committed, JSON.parse(JSON.stringify(schema)), 'run: npm run generate');
  });

  it('accepts what is read without a problem, and refuses what is not', () => {
    const accepts = new Ajv({ strict: false }).compile(schema);
    assert.ok(accepts({ rules: { 'unused-ignore': 'off' }, overrides: [{ files: ['a'], rules: {} }], aside: [] }));
    for (const wrong of [{ rulez: {} }, { rules: { nonsense: 'off' } }, { rules: { 'unused-ignore': 'warn' } }, []]) {
      assert.equal(accepts(wrong), false, JSON.stringify(wrong));
      assert.notEqual(readConfig(JSON.stringify(wrong)).problems.length, 0, JSON.stringify(wrong));
    }
  });
});
