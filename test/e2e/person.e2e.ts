import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser } from './support/browser';
import { type CodeServer, startCodeServer } from './support/codeServer';
import { copyOfDemo, repository } from './support/places';
import { addTypedProject } from './support/typedProject';
import { Workbench } from './support/workbench';

interface QuickFix {
  readonly name: string;
  readonly file: string;
  /** A part of the line that has the squiggle. */
  readonly on: string;
  /** The beginning of the quick-fix's title. */
  readonly title: string;
  /** What the file says after the quick-fix. */
  readonly after: readonly string[];
  /** What it no longer says. */
  readonly gone?: readonly string[];
}

const quickFixes: readonly QuickFix[] = [
  {
    name: 'adds the index that a foreign key lacks',
    file: 'prisma/schema.prisma',
    on: 'accountId  String',
    title: 'Add @@index([accountId])',
    after: ['@@index([accountId])'],
  },
  {
    name: 'reads a page and its total at once with Promise.all',
    file: 'src/repositories/contacts.ts',
    on: 'const contacts = await prisma.contact.findMany({',
    title: 'Await them together with Promise.all',
    after: ['const [contacts, total] = await Promise.all(['],
    gone: ['const total = await'],
  },
  {
    name: 'reads what a form offers at once with Promise.all',
    file: 'src/services/dealService.ts',
    on: 'const stages = await prisma.stage.findMany(',
    title: 'Await them together with Promise.all',
    after: ['const [stages, owners] = await Promise.all(['],
    gone: ['const owners = await'],
  },
  {
    name: 'reads the page that was asked for',
    file: 'src/repositories/accounts.ts',
    on: 'const accounts = await prisma.account.findMany({',
    title: 'Read one page: add `take: pageSize`',
    after: ['take: pageSize', 'skip: (page - 1) * pageSize'],
  },
  {
    name: 'turns a loop into an include',
    file: 'src/jobs/dealDigest.ts',
    on: 'const owner = await prisma.user.findUnique(',
    title: 'Include `owner` in the query that reads `deals`',
    after: ['include: { owner: true }', 'deal.owner'],
    gone: ['prisma.user.findUnique'],
  },
  {
    name: 'turns a loop into one batched query',
    file: 'src/services/invoiceService.ts',
    on: 'const product = await prisma.product.findUnique(',
    title: 'Read all at once with one `in` query',
    after: ['prisma.product.findMany(', 'in: '],
    gone: ['prisma.product.findUnique'],
  },
];

describe('a person in VS Code', () => {
  const workspace = copyOfDemo();
  addTypedProject(workspace);
  let server: CodeServer;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    [server, browser] = await Promise.all([startCodeServer(), startBrowser()]);
    workbench = new Workbench(await browser.newPage({ viewport: { width: 1400, height: 1000 } }));
    await workbench.open(server.port, workspace);
  });

  after(async () => {
    await workbench?.screenshot('at-the-end');
    await browser?.close();
    await server?.stop();
  });

  const read = (file: string) => readFileSync(join(workspace, file), 'utf8');
  const lineOf = (file: string, text: string) => read(file).slice(0, read(file).indexOf(text)).split('\n').length;

  for (const { name, file, on, title, after: wanted, gone = [] } of quickFixes) {
    it(`${name}, in ${file}`, async () => {
      const picture = file.replace(/.*\/|\.\w+$/g, '');
      await workbench.openFile(file, lineOf(file, on));
      await workbench.openLightbulb(on);
      await workbench.screenshot(`${picture}-lightbulb`);
      await workbench.pick(title);
      await workbench.waitForNoSquiggle(on);
      await workbench.save();
      await workbench.screenshot(`${picture}-fixed`);
      const text = read(file);
      for (const part of wanted) assert.ok(text.includes(part), `"${part}" is in:\n${text}`);
      for (const part of gone) assert.ok(!text.includes(part), `"${part}" is not in:\n${text}`);
    });
  }

  it('ignores a finding, and types the reason at once', async () => {
    const file = 'src/services/taskService.ts';
    const on = 'const deal = await prisma.deal.findUnique(';
    await workbench.openFile(file, lineOf(file, on));
    await workbench.openLightbulb(on);
    await workbench.pick('Ignore on this line: sequential-awaits');
    await workbench.waitForNoSquiggle(on);
    await workbench.page.keyboard.type('shown once a day');
    await workbench.save();
    await workbench.screenshot('ignored');
    assert.match(
      read(file),
      /^ *\/\/ perf-hints-ignore sequential-awaits: shown once a day\n.*prisma\.deal\.findUnique/m,
    );
  });

  it('reads about a rule', async () => {
    const file = 'src/jobs/taskReminders.ts';
    const on = 'const sender = await prisma.setting.findUnique(';
    await workbench.openFile(file, lineOf(file, on));
    await workbench.openLightbulb(on);
    await workbench.pick('Show documentation for loop-invariant-query');
    const tab = workbench.page.locator('.tab.active', { hasText: 'loop-invariant-query' });
    await tab.waitFor();
    const heading = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('h1');
    await heading.filter({ hasText: 'loop' }).waitFor();
    await workbench.screenshot('documentation');
  });

  it('reads what a request costs', async () => {
    const file = 'src/routes/reports.ts';
    await workbench.openFile(file, lineOf(file, "reportRoutes.get('/sales'"));
    for (let column = 0; column < 'reportRoutes.g'.length; column++) await workbench.page.keyboard.press('ArrowRight');
    await workbench.runCommand('Show or Focus Hover');
    await workbench.page.locator('.monaco-hover', { hasText: 'N(stages)' }).first().waitFor();
    await workbench.screenshot('endpoint');
    await workbench.page.keyboard.press('Escape');
  });

  it('checks types, sees how it went, and compares', async () => {
    const view = workbench.page.locator('.tree-explorer-viewlet-tree-view', { hasText: 'app' });
    const row = view.locator('.monaco-list-row', { hasText: /^app/ });
    await workbench.runCommand('Perf Hints: Focus on Type Check View');
    await row.filter({ hasText: 'never run' }).waitFor();
    await row.click();
    await workbench.runCommand('Perf Hints: Run Type Check Cold');
    await row.filter({ hasText: '1 error' }).waitFor();
    await row.hover();
    await row.locator('.codicon-play').click();
    await row
      .filter({ hasText: '▁' })
      .or(row.filter({ hasText: '█' }))
      .waitFor();
    await workbench.screenshot('type-check');

    await row.click();
    await workbench.runCommand('Perf Hints: Compare Type Check Runs');
    const page = workbench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.locator('caption').first().waitFor();
    await workbench.page.setViewportSize({ width: 1400, height: 1500 });
    await workbench.screenshot('comparison-dark');
    await row.click();
    await workbench.chooseTheme('Light Modern');
    await workbench.screenshot('comparison-light');
    await workbench.chooseTheme('Dark Modern');
    await workbench.page.setViewportSize({ width: 1400, height: 1000 });
  });

  it('is told what a type check spends its time on', async () => {
    const view = workbench.page.locator('.tree-explorer-viewlet-tree-view', { hasText: 'app' });
    await view.locator('.monaco-list-row', { hasText: /^app/ }).click();
    await workbench.runCommand('Perf Hints: Explain Slow Type Check');
    const advice = workbench.page.locator('.quick-input-list .monaco-list-row', {
      hasText: 'skipLibCheck leaves it out',
    });
    await advice.waitFor();
    await workbench.screenshot('advice');
    await workbench.page.keyboard.press('Escape');
  });

  it('audits the workspace from the palette', async () => {
    // A list shows no more rows than have room.
    await workbench.page.setViewportSize({ width: 1400, height: 1500 });
    const expected = auditOf(workspace);
    const open = 'taskReminders.ts';
    await workbench.runCommand('Perf Hints: Audit Workspace');
    const findings = workbench.page.locator('.tree-explorer-viewlet-tree-view');
    await findings.locator('.message', { hasText: `${expected.length} findings` }).waitFor();
    await workbench.collapseAll('Findings');
    for (const [rule, count] of countBy(expected.map((one) => one.rule))) {
      await findings.locator('.monaco-list-row', { hasText: `${rule}${count}` }).waitFor();
    }
    await workbench.page.locator('.notifications-toasts.visible').waitFor({ state: 'hidden' });
    await findings.locator('.monaco-list-row', { hasText: 'loop-invariant-query' }).first().click();
    await findings.locator('.monaco-list-row', { hasText: open }).first().click();
    await workbench.page.locator('.tab.active', { hasText: open }).waitFor();
    await workbench.screenshot('audit');

    await workbench.runCommand('Problems: Focus on Problems View');
    const problems = workbench.page.locator('.markers-panel-container');
    await problems.locator('.monaco-list-row').first().waitFor();
    await workbench.screenshot('problems');
    await workbench.page.locator('.panel .codicon-collapse-all').first().click();
    await workbench.page.locator('.panel [aria-label^="Maximize"]').first().click();
    // VS Code shows hints in the text, but does not list them.
    const listed = expected.filter(({ severity }) => severity !== 'hint');
    for (const [file, count] of countBy(listed.map((one) => one.file.replace(/.*\//, '')))) {
      const row = problems.locator('.monaco-list-row', { hasText: file });
      assert.equal(await row.locator('.monaco-count-badge').textContent(), String(count), `the problems of ${file}`);
    }
  });
});

/** What the command line finds in the same folder. */
function auditOf(folder: string): readonly Record<'rule' | 'file' | 'severity', string>[] {
  const { stdout } = spawnSync(
    process.execPath,
    [join(repository, 'dist/cli.js'), 'audit', folder, '--format', 'json'],
    {
      encoding: 'utf8',
    },
  );
  return JSON.parse(stdout).findings;
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
