import type { Project } from '../server/core/model/project';
import type { FileText } from './edits';

const EXPORTED_FUNCTION =
  /export (?:async )?function \w+\([^(){}]*\)[^{};=]*\{|export const \w+ = (?:async )?\([^(){}]*\)[^{};=]*=> \{/;

export interface ImportedFile extends FileText {
  /** A file that imports it, the one with the most queries and calls. */
  readonly importer: string;
}

/** Finds the file with an exported function that the most others import; undefined where there is none. */
export function mostImported(project: Project, texts: readonly FileText[]): ImportedFile | undefined {
  const importers = new Map<string, string[]>();
  for (const [file, facts] of project.documents) {
    if (facts.kind !== 'typescript') continue;
    const imported = new Set(facts.modules.map((module) => project.modules.resolve(file, module)));
    for (const target of imported) {
      if (target !== undefined) importers.set(target, [...(importers.get(target) ?? []), file]);
    }
  }
  const [most] = texts
    .filter(({ file, text }) => importers.has(file) && EXPORTED_FUNCTION.test(text))
    .sort((a, b) => (importers.get(b.file)?.length ?? 0) - (importers.get(a.file)?.length ?? 0));
  const work = (file: string) => {
    const facts = project.documents.get(file);
    return facts?.kind === 'typescript' ? facts.calls.length * 10 + facts.invocations.length : 0;
  };
  const [importer] = [...(most ? (importers.get(most.file) ?? []) : [])].sort((a, b) => work(b) - work(a));
  return most && importer !== undefined ? { ...most, importer } : undefined;
}

/** The text with another statement at the beginning of its first exported function, time and again another. */
export function* textsWithNewBodies(text: string, count: number): Iterable<string> {
  const start = EXPORTED_FUNCTION.exec(text);
  const at = start ? start.index + start[0].length : text.length;
  for (let round = 0; round < count; round++) yield `${text.slice(0, at)} void ${round};${text.slice(at)}`;
}

/** The text with another parameter of its first exported function, time and again another. */
export function* textsWithNewSignatures(text: string, count: number): Iterable<string> {
  const start = EXPORTED_FUNCTION.exec(text);
  const at = start ? text.indexOf('(', start.index) + 1 : text.length;
  const comma = text.slice(at).trimStart().startsWith(')') ? '' : ', ';
  for (let round = 0; round < count; round++) {
    yield `${text.slice(0, at)}added${round}: number${comma}${text.slice(at)}`;
  }
}
