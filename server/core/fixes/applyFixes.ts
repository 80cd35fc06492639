import type { Finding, Fix } from '../rules/rule';
import type { Range } from '../text/range';
import { applyEdits, type FileEdit } from '../text/textEdit';
import type { Sources } from './sources';

export interface ChosenFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface ChooseOptions {
  /** Also fixes that change what their title says; else only those with the same results and effects. */
  readonly unsafe: boolean;
  /** Told of a rule whose fixes threw; the others go on. */
  readonly onRuleError?: (rule: string, error: unknown) => void;
  /** The last word on a fix: false leaves it out. */
  readonly accepts?: (chosen: ChosenFix) => boolean;
}

/**
 * Chooses the best allowed fix of each finding, leaving out those that touch what an earlier one
 * edits: they hold for another text than the one that will stand there, so they wait for the next pass.
 */
export function chooseFixes(findings: readonly Finding[], sources: Sources, options: ChooseOptions): ChosenFix[] {
  const taken = new Map<string, Range[]>();
  return findings.flatMap((finding) => {
    const fix = bestFix(finding, sources, options);
    if (!fix || fix.edits.length === 0) return [];
    const collides = fix.edits.some(({ file, edits }) =>
      edits.some(({ range }) => taken.get(file)?.some((other) => touches(range, other))),
    );
    if (collides || options.accepts?.({ finding, fix }) === false) return [];
    for (const { file, edits } of fix.edits) {
      taken.set(file, [...(taken.get(file) ?? []), ...edits.map(({ range }) => range)]);
    }
    return [{ finding, fix }];
  });
}

/** The edits of several fixes that don't touch each other, joined by file. */
export function editsOf(fixes: readonly Fix[]): FileEdit[] {
  const byFile = new Map<string, FileEdit>();
  for (const edit of fixes.flatMap((fix) => fix.edits)) {
    byFile.set(edit.file, { ...edit, edits: [...(byFile.get(edit.file)?.edits ?? []), ...edit.edits] });
  }
  return [...byFile.values()];
}

/**
 * Returns the new text of every file that the edits change or create; not of one that is gone, nor of
 * one to be created that is there already. Throws a RangeError where edits overlap.
 */
export function applyFileEdits(edits: readonly FileEdit[], sources: Sources): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { file, create, edits: own } of edits) {
    const known = sources.text(file);
    if ((known === undefined) !== (create === true)) continue;
    const text = known ?? '';
    const changed = applyEdits(text, own);
    if (changed !== text) texts.set(file, changed);
  }
  return texts;
}

function bestFix(finding: Finding, sources: Sources, { unsafe, onRuleError }: ChooseOptions): Fix | undefined {
  try {
    return finding.fixes(sources).find((fix) => unsafe || fix.kind === 'safe');
  } catch (error) {
    onRuleError?.(finding.rule, error);
    return undefined;
  }
}

/** Insertions at one place touch as well: nothing says which of them comes first. */
function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}
