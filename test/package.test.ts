import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json';
import { zipEntries } from './support/zipEntries';

const file = new URL('../perf-hints.vsix', import.meta.url);
execFileSync('npm', ['run', '--silent', 'vsix'], { cwd: new URL('..', import.meta.url), stdio: 'ignore' });
const entries = zipEntries(readFileSync(file));
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the package that is installed', () => {
  it('has what runs and what is read in the editor, and nothing else', () => {
    const expected = [
      /^\[Content_Types\]\.xml$/,
      /^extension\.vsixmanifest$/,
      /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|icon\.png|icon-view\.svg)$/,
      /^extension\/docs\/screenshot\.png$/,
      /^extension\/dist\/(client|server|cli|typescript)\.js$/,
      /^extension\/dist\/prisma_schema_build_bg\.wasm$/,
      /^extension\/dist\/rules\/[a-z\d-]+\.md$/,
      /^extension\/syntaxes\/[\w.-]+\.json$/,
      /^extension\/schemas\/[\w.-]+\.schema\.json$/,
    ];
    assert.deepEqual(
      entries.filter((name) => !expected.some((pattern) => pattern.test(name))),
      [],
    );
    for (const pattern of expected)
      assert.ok(
        entries.some((name) => pattern.test(name)),
        `${pattern} is missing`,
      );
  });

  it('is smaller than 3 MB', () => {
    assert.ok(statSync(file).size < 3_000_000, `${statSync(file).size} bytes`);
  });

  it('has every file that its manifest names', () => {
    const { main, bin, icon, contributes } = packageJson;
    const named = [
      main,
      ...Object.values(bin),
      icon,
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.languages.map(({ configuration }) => configuration),
      ...contributes.jsonValidation.map(({ url }) => url),
      ...contributes.viewsContainers.activitybar.map((container) => container.icon),
    ];
    assert.deepEqual(
      named.map((path) => `extension/${path.replace(/^\.\//, '')}`).filter((path) => !entries.includes(path)),
      [],
    );
  });

  it('has a command that runs by its own name', () => {
    const command = fileURLToPath(new URL(`../${packageJson.bin['perf-hints']}`, import.meta.url));
    assert.equal(execFileSync(command, ['--version'], { encoding: 'utf8' }), `${packageJson.version}\n`);
  });

  it('has the pictures that its README shows', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\((?!https?:)([^)]+)\)/g)].map(([, path]) => `extension/${path}`);
    assert.ok(pictures.length > 0);
    assert.deepEqual(
      pictures.filter((path) => !entries.includes(path)),
      [],
    );
  });
});
