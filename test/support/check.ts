import assert from 'node:assert/strict';
import { type AnalyzedTexts, analyzeTexts } from './analyzeTexts';
import { type Mark, readMarks } from './marks';
import { showDifference } from './showMarks';

/**
 * Analyses files that carry marks (see CONTRIBUTING.md) with every rule, and fails unless marks and
 * findings are the same, in both directions. Returns the analysis, whose texts have no marks.
 */
export function check(markedFiles: Readonly<Record<string, string>> | ReadonlyMap<string, string>): AnalyzedTexts {
  const { texts, marks } = readMarkedFiles(markedFiles);
  const analysis = analyzeTexts(texts);
  const differences = [...texts].flatMap(([file, text]) => {
    const findings = analysis.findings.filter((finding) => finding.file === file);
    return showDifference({ file, text, expected: marks.get(file) ?? [], findings }) ?? [];
  });
  const elsewhere = analysis.findings.filter((finding) => !texts.has(finding.file));
  differences.push(...elsewhere.map((finding) => `${finding.file}: a finding in a file that does not exist`));
  assert.ok(differences.length === 0, `findings differ from the marks\n\n${differences.join('\n\n')}\n`);
  return analysis;
}

interface MarkedFiles {
  readonly texts: ReadonlyMap<string, string>;
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
}

/** Takes the marks out of several files; a mark that is not well formed throws, naming its file. */
export function readMarkedFiles(files: Readonly<Record<string, string>> | ReadonlyMap<string, string>): MarkedFiles {
  const texts = new Map<string, string>();
  const marks = new Map<string, readonly Mark[]>();
  for (const [file, marked] of files instanceof Map ? files : Object.entries(files)) {
    try {
      const read = readMarks(marked);
      texts.set(file, read.text);
      marks.set(file, read.marks);
    } catch (error) {
      throw new Error(`${file}, ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  return { texts, marks };
}
