import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { copyOfDemo, repository } from './support/places';

describe('Neovim', () => {
  it('shows what the server reports on a file, and ends it', () => {
    const run = spawnSync(
      'nvim',
      ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-S', join(repository, 'test/e2e/neovim/script.lua')],
      {
        encoding: 'utf8',
        timeout: 60_000,
        env: {
          ...process.env,
          PERF_HINTS_NODE: process.execPath,
          PERF_HINTS_SERVER: join(repository, 'dist/server.js'),
          PERF_HINTS_FOLDER: copyOfDemo(),
          PERF_HINTS_FILE: 'src/jobs/dealDigest.ts',
        },
      },
    );
    const reported = run.stdout.trim().split('\n');
    assert.ok(reported.includes('9:23 perf-hints unindexed-query'), run.stderr);
    assert.ok(reported.includes('16:25 perf-hints query-in-loop'), reported.join('\n'));
    assert.equal(run.status, 0);
  });
});
