import { type Analysis, type AnalyzeOptions, analyze } from '../core/analyze';
import { applyFileEdits, type ChosenFix, chooseFixes, editsOf } from '../core/fixes/applyFixes';
import { createSources } from '../core/fixes/createSources';
import type { Sources } from '../core/fixes/sources';
import type { Project } from '../core/model/project';
import type { Finding, Fix } from '../core/rules/rule';
import { readFacts } from '../core/syntax/readFacts';

/** A fix may clear the way for another; more rounds than this means that two of them disagree. */
const MAX_PASSES = 10;

export interface FixingOptions extends Omit<AnalyzeOptions, 'files'> {
  /** The files whose findings are fixed. */
  readonly isAudited: (file: string) => boolean;
  readonly isShown: (finding: Finding) => boolean;
  readonly unsafe: boolean;
  /** The texts that the project was read from. */
  readonly textOf: (file: string) => string | undefined;
  /** False for a fix that would break a schema. */
  readonly isSound: (fix: Fix, project: Project, sources: Sources) => Promise<boolean>;
  readonly signal: AbortSignal;
}

export interface Fixed extends Analysis {
  readonly project: Project;
  /** The new text of each file that changed. */
  readonly texts: ReadonlyMap<string, string>;
  readonly applied: number;
  /** True if there were still fixes to apply when it gave up. */
  readonly unsettled: boolean;
}

/** Analyses the audited files. */
export function analyzeAudited(
  options: Pick<FixingOptions, 'project' | 'config' | 'rules' | 'onRuleError' | 'isAudited' | 'isShown'>,
): Analysis {
  const { isAudited, isShown, ...rest } = options;
  const files = [...options.project.documents.keys()].filter(isAudited);
  const { findings, suppressed } = analyze({ ...rest, files });
  return { findings: findings.filter(isShown), suppressed };
}

/** Applies fixes in memory and analyses anew, until there is none left to apply. Writes nothing. */
export async function fixAll(options: FixingOptions): Promise<Fixed> {
  const texts = new Map<string, string>();
  const unsound = new Set<string>();
  let project = options.project;
  let applied = 0;
  for (let pass = 0; ; pass++) {
    options.signal.throwIfAborted();
    const analysis = analyzeAudited({ ...options, project });
    const sources = createSources((file) => texts.get(file) ?? options.textOf(file));
    const chosen = chooseFixes(analysis.findings, sources, {
      unsafe: options.unsafe,
      ...(options.onRuleError ? { onRuleError: options.onRuleError } : {}),
      accepts: ({ fix }) => !unsound.has(keyOf(fix)),
    });
    const sound = await soundOnes(chosen, (fix) => options.isSound(fix, project, sources), unsound);
    const changed = applyFileEdits(editsOf(sound), sources);
    if (changed.size === 0 || pass === MAX_PASSES) {
      return { ...analysis, project, texts, applied, unsettled: changed.size > 0 };
    }
    for (const [file, text] of changed) texts.set(file, text);
    project = project.with(new Map([...changed].map(([file, text]) => [file, readFacts(file, text)])));
    applied += sound.length;
  }
}

async function soundOnes(
  chosen: readonly ChosenFix[],
  isSound: (fix: Fix) => Promise<boolean>,
  unsound: Set<string>,
): Promise<Fix[]> {
  const sound: Fix[] = [];
  for (const { fix } of chosen) {
    if (await isSound(fix)) sound.push(fix);
    else unsound.add(keyOf(fix));
  }
  return sound;
}

/** The same fix, found again in the next pass, has the same key as long as its edits say the same. */
function keyOf({ title, edits }: Fix): string {
  return JSON.stringify([title, edits]);
}
