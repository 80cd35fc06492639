import { type Node, parseTree } from 'jsonc-parser';
import type { CompilerRun } from './compilerRun';
import { offsetsInString, propertyOf, textOf } from './jsonText';
import { readCompilerRuns } from './readCompilerRuns';

/** A script of a `package.json` that runs the TypeScript compiler. */
export interface ScriptFact {
  readonly name: string;
  readonly runs: readonly CompilerRun[];
}

/** Reads the scripts of a `package.json` that run the compiler; those that don't are left out. */
export function readScripts(text: string): readonly ScriptFact[] {
  // Most manifests have none, and this runs on every keystroke.
  if (!text.includes('tsc')) return [];
  const scripts = propertyOf(parseTree(text), 'scripts');
  if (scripts?.type !== 'object') return [];
  const entries = (scripts.children ?? []).map(({ children = [] }) => ({
    name: textOf(children[0]),
    value: children[1],
  }));
  const names = new Set(entries.flatMap(({ name }) => (name === undefined ? [] : [name])));
  return entries.flatMap(({ name, value }) => {
    const runs = value ? runsInString(value, text, names) : [];
    return name === undefined || runs.length === 0 ? [] : [{ name, runs }];
  });
}

/** The runs of the compiler in the command line that a string of the document `text` holds; in offsets of that document. */
export function runsInString(node: Node, text: string, scripts?: ReadonlySet<string>): readonly CompilerRun[] {
  const line = textOf(node);
  if (line === undefined) return [];
  const at = offsetsInString(text.slice(node.offset, node.offset + node.length), node.offset);
  return readCompilerRuns(line, scripts).map((run) => ({
    ...run,
    range: { start: at(run.range.start), end: at(run.range.end) },
    argumentsEnd: { ...run.argumentsEnd, offset: at(run.argumentsEnd.offset) },
    ...(run.environmentAt === undefined ? {} : { environmentAt: at(run.environmentAt) }),
  }));
}
