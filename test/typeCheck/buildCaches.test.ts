import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { compiledProject, compilers, plainConfig } from '../support/compiledProject';
import { runCli } from '../support/runCli';

const [, , typescript7] = compilers;

describe('a project that asks for a build cache itself', () => {
  it('is compared with one of ours, which begins empty, and is run with its own otherwise', async () => {
    const config = plainConfig.replace('{', '{ "extends": "./base.json",');
    const base = '{ "compilerOptions": { "incremental": true, "tsBuildInfoFile": "own.tsbuildinfo" } }';
    const folder = compiledProject(typescript7, { files: { 'tsconfig.json': config, 'base.json': base } });
    const compared = await runCli(folder, ['type-check', '--compare', '--format', 'markdown']);
    assert.match(compared.stdout, /\| Build cache \| none \| own, warm \|/);
    assert.doesNotMatch(compared.stdout, /the project’s/);
    assert.ok(!existsSync(join(folder, 'own.tsbuildinfo')));
    const plain = await runCli(folder, ['type-check', '--format', 'markdown']);
    assert.match(plain.stdout, /\| Build cache \| own, warm \| the project’s, empty \|/);
    assert.ok(existsSync(join(folder, 'own.tsbuildinfo')));
  });
});
