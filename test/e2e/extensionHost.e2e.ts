import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { HostTest } from './host/results';
import { startBrowser } from './support/browser';
import { type CodeServer, startCodeServer } from './support/codeServer';
import { bundleHostSuite } from './support/hostBundle';
import { copyOfDemo, newFolder, screenshots } from './support/places';
import { addTypedProject } from './support/typedProject';
import { until } from './support/until';

/** As many as test/e2e/host has: one that is not run at all must not go unnoticed. */
const TESTS = 21;

describe('inside the extension host', () => {
  const results = join(newFolder('results'), 'results.json');
  const exits: number[] = [];
  const output: string[] = [];
  let server: CodeServer;
  let browser: Browser;

  before(async () => {
    const suite = await bundleHostSuite();
    const workspace = copyOfDemo();
    keepMigrations(workspace);
    addTypedProject(workspace);
    [server, browser] = await Promise.all([
      startCodeServer({
        args: ['--vscode-option', 'enable-smoke-test-driver'],
        env: { PERF_HINTS_E2E_RESULTS: results },
      }),
      startBrowser(),
    ]);
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => output.push(`${type} ${args}`));
    await page.exposeFunction('codeAutomationExit', (code: number) => exits.push(code));
    const extension = readdirSync(server.extensions).find((name) => name.startsWith('perf-hints.'));
    assert(extension, 'the package is installed');
    const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(join(server.extensions, extension))],
      ['extensionTestsPath', remote(suite)],
      ['skipWelcome', 'true'],
    ];
    const query = `folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
    await page.goto(`http://127.0.0.1:${server.port}/?${query}`);
    try {
      await until('the suite has ended', () => exits.length > 0, 180_000);
    } finally {
      await page.screenshot({ path: join(screenshots, 'extension-host.png') });
    }
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('runs every test and lets each pass', async (context) => {
    assert.ok(existsSync(results), `the suite wrote results\n${output.join('\n')}`);
    const tests: readonly HostTest[] = JSON.parse(readFileSync(results, 'utf8'));
    for (const { title, error } of tests) await context.test(title, () => assert.ok(!error, error));
    assert.equal(tests.length, TESTS, 'the number of tests');
    assert.deepEqual(exits, [0], `the suite's exit code\n${output.join('\n')}`);
  });
});

/** Fixes of the schema write migrations only where the project keeps some. */
function keepMigrations(workspace: string): void {
  const folder = join(workspace, 'prisma/migrations/20240101000000_init');
  mkdirSync(folder, { recursive: true });
  const columns = '"id" TEXT, "accountId" TEXT, "teamId" TEXT, "email" TEXT, "createdAt" TIMESTAMP';
  writeFileSync(join(folder, 'migration.sql'), `CREATE TABLE "Contact" (${columns});\n`);
}
