import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What we compare with, in exact versions; installed beside the benchmark, never among our dependencies. */
const versions = { eslint: '10.15.0', oxlint: '1.94.0', typescript: '6.0.3', 'typescript-eslint': '8.73.0' };

const folder = resolve(__dirname, '.tools');

/** Installs the tools unless they are there, and returns their folder. Throws where npm fails. */
export function installOtherTools(): string {
  const manifest = `${JSON.stringify({ private: true, dependencies: versions }, undefined, 2)}\n`;
  const manifestFile = join(folder, 'package.json');
  const isInstalled = existsSync(join(folder, 'node_modules')) && readFileSync(manifestFile, 'utf8') === manifest;
  if (!isInstalled) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(manifestFile, manifest);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps'], {
      cwd: folder,
      stdio: 'inherit',
    });
  }
  writeFileSync(join(folder, 'oxlint.json'), JSON.stringify({ categories: { correctness: 'off' }, plugins: [] }));
  return folder;
}

/** The arguments for `node` that run oxlint with one rule on a folder. */
export function oxlintArguments(tools: string, linted: string): string[] {
  const flags = ['--config', join(tools, 'oxlint.json'), '--disable-nested-config', '--deny', 'no-await-in-loop'];
  return [join(tools, 'node_modules/oxlint/bin/oxlint'), ...flags, '--silent', linted];
}

/** The arguments for `node` that run ESLint with the same rule on the listed files of a folder. */
export function eslintArguments(tools: string, linted: string, list: string): string[] {
  return [resolve(__dirname, 'eslintRun.mjs'), tools, linted, list];
}
