import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Finding } from '../server/core/rules/rule';
import { type AnalyzedTexts, analyzeTexts } from './support/analyzeTexts';
import { checkOutcome } from './support/checkFix';
import { demoTexts } from './support/demoTexts';
import { without } from './support/without';

const EXPECTED = join(__dirname, 'workspace.expected.txt');

describe('the demo application', () => {
  const analysis = analyzeTexts(demoTexts());

  it('is reported as test/workspace.expected.txt says: judge each line before you change it', () => {
    const expected = readFileSync(EXPECTED, 'utf8')
      .replace(/^#.*\n/gm, '')
      .trim();
    const reported = describeFindings(analysis);
    const differences = {
      'reported, not expected': without(entries(reported), entries(expected)),
      'expected, not reported': without(entries(expected), entries(reported)),
    };
    assert.deepEqual(differences, { 'reported, not expected': [], 'expected, not reported': [] });
    assert.equal(reported, expected, 'the order differs');
  });

  for (const finding of analysis.findings) {
    for (const fix of finding.fixes(analysis.sources)) {
      it(`is left sound by “${fix.title}” (${finding.rule} in ${finding.file})`, () => {
        assert.ok(checkOutcome(analysis, finding, fix));
      });
    }
  }
});

/** One paragraph a file, one line a finding: severity, rule and the code it stands at, to the end of its line. */
function describeFindings({ findings, texts }: AnalyzedTexts): string {
  const paragraphs = new Map<string, string[]>();
  for (const finding of findings) {
    const lines = paragraphs.get(finding.file) ?? [finding.file];
    paragraphs.set(finding.file, [...lines, `  ${finding.severity} ${finding.rule}: ${codeAt(finding, texts)}`]);
  }
  return [...paragraphs.values()].map((lines) => lines.join('\n')).join('\n\n');
}

/** The findings of a description, each with its file. */
function entries(description: string): string[] {
  return description.split('\n\n').flatMap((paragraph) => {
    const [file = '', ...lines] = paragraph.split('\n');
    return lines.map((line) => `${file}: ${line.trim()}`);
  });
}

function codeAt({ file, range }: Finding, texts: AnalyzedTexts['texts']): string {
  const text = texts.get(file) ?? '';
  const lineStart = text.lastIndexOf('\n', range.start) + 1;
  const lineEnd = text.indexOf('\n', range.start);
  return text.slice(lineStart, lineEnd).trim();
}
