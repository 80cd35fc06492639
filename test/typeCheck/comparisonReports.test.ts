import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import comparisonSchema from '../../schemas/type-check-comparison.schema.json';
import { type Comparison, compareRuns } from '../../server/typeCheck/comparison';
import { comparisonHtml } from '../../server/typeCheck/comparisonHtml';
import { comparisonJson } from '../../server/typeCheck/comparisonJson';
import { comparisonMarkdown } from '../../server/typeCheck/comparisonMarkdown';
import type { TypeCheckRun } from '../../server/typeCheck/run';
import { runsOf, warm } from '../support/typeCheckRuns';

const evil = '<img src=x onerror="alert(1)">|`a`\n# b';

function compared(project: string, ...runs: readonly Partial<TypeCheckRun>[]): Comparison {
  const comparison = compareRuns(project, runsOf(...runs));
  assert.ok(comparison);
  return comparison;
}

/** Runs of every kind, with a change of the compiler and of the configuration between them. */
const eventful: readonly Partial<TypeCheckRun>[] = [
  { outcome: 'out-of-memory' },
  {},
  { isTraced: true, wallMs: 22_000 },
  { ...warm, outcome: 'stopped' },
  { ...warm, compilerVersion: '7.0.2' },
  { ...warm, compilerVersion: '7.0.2', start: 'edited', settings: { configHash: 'b', buildCache: 'ours' } },
];

describe('a comparison as Markdown', () => {
  it('is the table of the two runs, what to mind, and the table of all', () => {
    const [title, table, minded, heading, all] = comparisonMarkdown(
      compared('apps/web/tsconfig.json', {}, { ...warm, compilerVersion: '7.0.2' }),
    ).split('\n\n');
    assert.equal(title, '## Type check of `apps/web/tsconfig.json`');
    assert.deepEqual(table?.split('\n').slice(0, 4), [
      '|  | Before | After | Change |',
      '| --- | --- | --- | --- |',
      '| Time | 8.0 s | 2.0 s | −6.0 s, −75% (4.0× as fast) |',
      '| Peak memory | 800 MB | 400 MB | −400 MB, −50% (2.0× less) |',
    ]);
    assert.equal(minded, '- TypeScript differs: 6.0.3 before, 7.0.2 after.');
    assert.equal(heading, '### Runs');
    assert.deepEqual(all?.trimEnd().split('\n'), [
      '| Started (UTC) | Build cache | Time | Peak memory | Result | Changed before it |',
      '| --- | --- | --- | --- | --- | --- |',
      '| 2030-01-01 10:00 | none | 8.0 s | 800 MB | clean |  |',
      '| 2030-01-01 10:01 | own, warm | 2.0 s | 400 MB | clean | TypeScript 6.0.3 → 7.0.2 |',
    ]);
  });

  it('keeps its tables whole whatever the names in them', () => {
    const text = comparisonMarkdown(compared(evil, {}, { ...warm, compilerVersion: evil }));
    assert.match(text, /^## Type check of `` <img src=x onerror="alert\(1\)">\|`a` # b ``\n\n\| {2}\| Before/);
    const cellsIn = (line: string) => line.replaceAll('\\|', '').split('|').length - 2;
    const tables = text.split('\n\n').filter((part) => part.startsWith('|'));
    for (const [head = '', ...lines] of tables.map((table) => table.trimEnd().split('\n'))) {
      for (const line of lines) assert.equal(cellsIn(line), cellsIn(head), line);
    }
    assert.doesNotMatch(text.slice(text.indexOf('\n')), /[^\\]</);
  });

  it('says which runs ran out of memory, were stopped or traced', () => {
    const results = comparisonMarkdown(compared('a', ...eventful))
      .split('### Runs')[1]
      ?.trim()
      .split('\n')
      .slice(2)
      .map((line) => line.split(' | ')[4]);
    assert.deepEqual(results, ['out of memory', 'clean', 'clean, traced', 'stopped', 'clean', 'clean']);
  });
});

describe('a comparison as JSON', () => {
  const validate = new Ajv().compile(comparisonSchema);

  it('is what its schema says', () => {
    for (const comparison of [compared('a', {}), compared('a', {}, warm), compared('a', ...eventful)]) {
      validate(JSON.parse(comparisonJson(comparison)));
      assert.deepEqual(validate.errors, null);
    }
  });

  it('holds the two runs, their change in numbers, and all runs', () => {
    const text = comparisonJson(compared('a', {}, { ...warm, program: { files: 1204 } }));
    const { before, after, change, warnings, runs, ...rest } = JSON.parse(text);
    assert.deepEqual(rest, { schemaVersion: 1, project: 'a' });
    assert.deepEqual([before, after], runs);
    assert.deepEqual(change, {
      wallMs: { difference: -6000, percent: -75 },
      peakBytes: { difference: -419_430_400, percent: -50 },
      files: { difference: 0, percent: 0 },
    });
    assert.deepEqual(warnings, []);
    assert.ok(text.endsWith('}\n'));
  });

  it('has no change where there is but one run, or where one is no measure', () => {
    assert.deepEqual(JSON.parse(comparisonJson(compared('a', {}))).change, {});
    const { change, before } = JSON.parse(comparisonJson(compared('a', { outcome: 'out-of-memory' }, {})));
    assert.equal(before.outcome, 'out-of-memory');
    assert.deepEqual(Object.keys(change), ['peakBytes', 'files', 'lines']);
  });
});

describe('a comparison as a page', () => {
  const page = comparisonHtml(compared('apps/web/tsconfig.json', ...eventful));

  it('has tables with a caption, whose heads say what they are heads of', () => {
    const tables = page.match(/<table>/g) ?? [];
    assert.equal(tables.length, 2);
    assert.equal(page.match(/<table><caption>[^<]+<\/caption><thead>/g)?.length, 2);
    assert.equal((page.match(/<th /g) ?? []).length, (page.match(/<th scope="(?:col|row)">/g) ?? []).length);
    assert.match(page, /<tr class="lead"><th scope="row">Time<\/th><td>8\.0 s<\/td><td>2\.0 s<\/td>/);
  });

  it('has charts that are told in words too', () => {
    const charts = page.match(/<svg .*?<\/svg>/gs) ?? [];
    assert.equal(charts.length, 2);
    for (const [index, name] of ['time', 'memory'].entries()) {
      const chart = charts[index] ?? '';
      assert.match(chart, new RegExp(`role="img" aria-labelledby="${name}-title ${name}-text"`));
      assert.match(chart, new RegExp(`<title id="${name}-title">`));
      assert.match(chart, new RegExp(`<desc id="${name}-text">2030-01-01 10:00`));
    }
  });

  it('marks in the charts where TypeScript and the configuration changed', () => {
    assert.equal(page.match(/<circle class="mark"/g)?.length, 4);
    assert.match(
      page,
      /<ol class="marks"><li>2030-01-01 10:04: TypeScript 6\.0\.3 → 7\.0\.2<\/li><li>2030-01-01 10:05: configuration changed<\/li><\/ol>/,
    );
    assert.doesNotMatch(comparisonHtml(compared('a', {}, warm)), /class="mark/);
  });

  it('labels runs that did not come to their end, and those that are compared', () => {
    const labels = [...page.matchAll(/<text class="(?:word|role)"[^>]*>([^<]*)/g)].map(([, label]) => label);
    const shown = ['cold', 'memory!', 'before', 'cold', 'warm', 'stopped', 'warm', 'edited', 'after'];
    assert.deepEqual(labels.slice(0, labels.length / 2), shown);
    assert.equal(page.match(/<rect class="bar cut"/g)?.length, 4);
  });

  it('leaves traced runs out of the charts, and says so at the table of all runs', () => {
    assert.doesNotMatch(page, /<title>2030-01-01 10:02/);
    assert.match(page, /<caption>The figures of the charts, oldest first\. Traced runs take longer: [^<]+<\/caption>/);
    assert.match(page, /<td>clean, traced<\/td>/);
    assert.doesNotMatch(comparisonHtml(compared('a', {}, warm)), /[Tt]raced/);
  });

  it('escapes every text that is not its own, runs no script, and asks for nothing from elsewhere', () => {
    const odd = { ...warm, compilerVersion: evil, outcome: 'failed', problem: evil } as const;
    // As a record could be that someone wrote by hand.
    const forged: TypeCheckRun = JSON.parse(JSON.stringify({ ...odd, startedAt: evil, start: evil, outcome: evil }));
    for (const runs of [[{}, odd], [odd], [{}, { ...warm, compilerVersion: evil }], [{}, forged]]) {
      const html = comparisonHtml(compared(evil, ...runs));
      assert.doesNotMatch(html, /<img|<script|onerror="|https?:|javascript:|@import|url\(/i);
      assert.match(html, /&lt;img src=x onerror=&quot;/);
    }
  });

  it('says of the only run that there is nothing to compare it with', () => {
    const html = comparisonHtml(compared('a', {}));
    assert.match(html, /<caption>The only run so far: there is nothing to compare it with\./);
    assert.doesNotMatch(html, /<svg|Before/);
  });
});
