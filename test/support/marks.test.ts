import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFences } from './markdownFences';
import { markOf, readMarks } from './marks';
import { showDifference } from './showMarks';

describe('marks', () => {
  it('belong to the code line above them and are no part of the text', () => {
    const { text, marks } = readMarks('a();\n  b();\n//^^^ some-rule warning\n  // ^ other-rule hint\nc();\n');
    assert.equal(text, 'a();\n  b();\nc();\n');
    assert.deepEqual(marks, [
      { line: 1, start: 0, end: 5, rule: 'some-rule', severity: 'warning' },
      { line: 1, start: 5, end: 6, rule: 'other-rule', severity: 'hint' },
    ]);
  });

  it('that are not well formed name their line', () => {
    assert.throws(() => readMarks('a();\n// ^^^ some-rule\n'), /line 2: not a mark/);
    assert.throws(() => readMarks('a();\n// ^^^ some-rule error\n'), /line 2: "error" is no severity/);
  });

  it('stand for the first line of a finding, whatever the line ending', () => {
    const finding = { rule: 'some-rule', severity: 'warning' as const, range: { start: 4, end: 14 } };
    const mark = { line: 1, start: 2, end: 6, rule: 'some-rule', severity: 'warning' };
    assert.deepEqual(markOf(finding, 'a\n  b(c,\n  d);\n'), mark);
    assert.deepEqual(markOf({ ...finding, range: { start: 5, end: 15 } }, 'a\r\n  b(c,\r\n  d);\r\n').end, 6);
  });

  it('are shown beside what was reported where they differ', () => {
    const { text, marks } = readMarks('first();\nsecond();\n//^^^^ some-rule warning\n');
    const shown = showDifference({ file: 'a.ts', text, expected: marks, findings: [] });
    assert.match(shown ?? '', /2 \| second\(\);\n {2}\| \^{6} some-rule warning <-- EXPECTED, NOT REPORTED/);
    assert.equal(showDifference({ file: 'a.ts', text, expected: [], findings: [] }), undefined);
  });
});

describe('fences', () => {
  it('hold named files, or one named by the language', () => {
    const [named, bare] = readFences(
      '## H\n```ts shared\n// file: a/b.ts\none\n\n// file: s.prisma\ntwo\n```\n```prisma fix="Add x"\nthree\n```\n```sh\nls\n```\n',
    );
    assert.deepEqual(
      [named?.heading, named?.shared, [...(named?.files ?? [])]],
      [
        'H',
        true,
        [
          ['a/b.ts', 'one\n'],
          ['s.prisma', 'two\n'],
        ],
      ],
    );
    assert.deepEqual([bare?.fix, [...(bare?.files ?? [])]], ['Add x', [['schema.prisma', 'three\n']]]);
  });

  it('with an unknown word or no end are refused by line', () => {
    assert.throws(() => readFences('text\n```ts fixed\n```\n'), /line 2: unknown word "fixed"/);
    assert.throws(() => readFences('```ts\ncode\n'), /line 1: this fence is never closed/);
  });
});
