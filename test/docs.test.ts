import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import packageJson from '../package.json';
import auditSchema from '../schemas/audit.schema.json';
import { help } from '../server/cli/help';
import { readConfig } from '../server/core/config/readConfig';
import { ruleMetas } from '../server/core/rules/ruleMetas';

const readme = read('README.md');

describe('README.md', () => {
  it('has the table of all rules', () => {
    const [, table] = readme.split(/<!-- \/?rules -->\n/);
    assert.ok(table === ruleTable(), `copy this table into README.md:\n\n${ruleTable()}`);
  });

  it('explains every setting', () => {
    const settings = Object.keys(packageJson.contributes.configuration.properties);
    assert.deepEqual(
      settings.filter((name) => !readme.includes(`| \`${name}\` |`)),
      [],
    );
  });

  it('explains every option of the command line, and none that does not exist', () => {
    const optionsIn = (text: string) => [...new Set(text.match(/--[a-z][\w-]+/g))].sort();
    const inHelp = optionsIn(help).filter((option) => !['--help', '--version'].includes(option));
    const commandLine = readme.slice(readme.indexOf('## Command line'), readme.indexOf('### JSON'));
    assert.deepEqual(optionsIn(commandLine), inHelp);
  });

  it('shows JSON output and a configuration that are valid', () => {
    const blocks = [...readme.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json);
    const [config = '', output = ''] = blocks;
    assert.deepEqual(readConfig(config).problems, []);
    const validate = new Ajv({ strict: false }).compile(auditSchema);
    assert.ok(validate(JSON.parse(output)), JSON.stringify(validate.errors));
  });
});

describe('the documentation', () => {
  for (const name of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md']) {
    it(`links from ${name} only to files that exist`, () => {
      const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
      assert.deepEqual(
        links.filter((target) => !existsSync(pathOf(target))),
        [],
      );
    });
  }

  it('names in ARCHITECTURE.md only what exists', () => {
    const named = [...read('ARCHITECTURE.md').matchAll(/`((?:client|server|test|bench|syntaxes|schemas)\/[\w./-]*)`/g)];
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.map(([, path = '']) => path).filter((path) => !existsSync(pathOf(path))),
      [],
    );
  });

  it('says in CHANGELOG.md what the current version brings', () => {
    assert.match(read('CHANGELOG.md'), new RegExp(`^## ${packageJson.version.replaceAll('.', '\\.')}$`, 'm'));
  });
});

function ruleTable(): string {
  const rows = ruleMetas.map(
    ({ id, title, severity, fix }) => `| [\`${id}\`](test/rules/${id}.md) | ${title} | ${severity} | ${fix} |\n`,
  );
  return `| rule | finds | severity | fix |\n|---|---|---|---|\n${rows.join('')}`;
}

function read(name: string): string {
  return readFileSync(pathOf(name), 'utf8');
}

function pathOf(name: string): URL {
  return new URL(`../${name}`, import.meta.url);
}
