import { editedSchemas } from '../core/fixes/editedSchemas';
import type { Sources } from '../core/fixes/sources';
import type { Project } from '../core/model/project';
import type { Fix } from '../core/rules/rule';
import { loadSchemaOracle } from './schemaOracle';

/** True if a fix edits no schema, or leaves each schema it edits at least as valid and well formatted as it was. */
export async function leavesSchemaNoWorse(fix: Fix, project: Project, sources: Sources): Promise<boolean> {
  const schemas = editedSchemas(fix, project, sources);
  if (schemas.length === 0) return true;
  const oracle = await loadSchemaOracle();
  return schemas.every(({ before, after }) => oracle.isNoWorse(before, after));
}
