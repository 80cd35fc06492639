import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../server/core/rules/rule';
import { markdownReport } from '../../server/report/markdown';
import type { ReportInput } from '../../server/report/report';
import { textReport } from '../../server/report/text';

const message = `Several words of \`order_line.__id\` for _each_ [row] of @@index([a(sort: Desc), b_c]): ${'and more of them '.repeat(12)}until the end.`;

function input(rule: string): ReportInput {
  const finding: Finding = {
    rule,
    severity: 'warning',
    message,
    file: 'src/__tests__/a.ts',
    range: { start: 4, end: 6 },
    related: [],
    fixes: () => [],
  };
  return {
    findings: [finding],
    endpoints: [],
    suppressed: 2,
    files: 1,
    analysed: 1,
    durationMs: 7,
    readText: () => 'one\ntwo\n',
  };
}

describe('the text report', () => {
  it('is a line for each finding where it goes into a pipe', () => {
    const [file, finding, blank, totals] = textReport(input('query-in-loop'), { colour: false }).split('\n');
    assert.deepEqual([file, blank], ['src/__tests__/a.ts', '']);
    assert.equal(finding, `  2:1  warning  query-in-loop  ${message}`);
    assert.match(totals ?? '', /^1 warning, .* in 7 ms, 2 findings ignored by directives$/);
  });

  it('fits a terminal: every line within its width, the message under the rule, no word lost', () => {
    for (const width of [80, 120]) {
      const lines = textReport({ ...input('query-in-loop'), suppressed: 0 }, { colour: false, width }).split('\n');
      const finding = lines.slice(1, lines.indexOf(''));
      assert(finding.length > 1 && finding.every((line) => line.length <= width));
      const [first = '', ...rest] = finding;
      const indent = first.indexOf('query-in-loop');
      assert(rest.every((line) => line.search(/\S/) === indent));
      const words = [first.slice(indent + 'query-in-loop'.length), ...rest].join(' ').trim().split(/\s+/);
      assert.deepEqual(words, message.split(' '));
    }
  });

  it('leaves the breaking to a terminal that is too narrow', () => {
    const narrow = textReport(input('query-in-loop'), { colour: false, width: 30 });
    assert.equal(narrow, textReport(input('query-in-loop'), { colour: false }));
  });

  it('shows the same in colours', () => {
    for (const width of [undefined, 80]) {
      const style = width === undefined ? {} : { width };
      const coloured = textReport(input('query-in-loop'), { colour: true, ...style });
      const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
      assert.notEqual(coloured, coloured.replace(escapes, ''));
      assert.equal(coloured.replace(escapes, ''), textReport(input('query-in-loop'), { colour: false, ...style }));
    }
  });
});

describe('the Markdown report', () => {
  it('shows names as they are: escaped in prose, untouched in code', () => {
    const report = markdownReport(input('query-in-loop'));
    assert.match(report, /\n## src\/\\_\\_tests\\_\\_\/a\.ts\n/);
    assert.ok(report.includes('of `order_line.__id` for \\_each\\_ \\[row\\] of `@@index([a(sort: Desc), b_c])`:'));
  });
});
