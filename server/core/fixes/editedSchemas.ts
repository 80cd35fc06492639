import type { Project } from '../model/project';
import type { Fix } from '../rules/rule';
import { applyFileEdits } from './applyFixes';
import type { Sources } from './sources';

/** A schema that a fix edits: the texts of its files, before and after. */
export interface EditedSchema {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

/** Returns the schemas that a fix edits; none for a fix of code. */
export function editedSchemas(fix: Fix, project: Project, sources: Sources): EditedSchema[] {
  if (!fix.edits.some(({ file }) => file.endsWith('.prisma'))) return [];
  const edited = applyFileEdits(fix.edits, sources);
  return project.schemas
    .filter(({ files }) => files.some((file) => edited.has(file)))
    .map(({ files }) => {
      const before = new Map(files.map((file) => [file, sources.text(file) ?? '']));
      const after = new Map([...before].map(([file, text]) => [file, edited.get(file) ?? text]));
      return { before, after };
    });
}
