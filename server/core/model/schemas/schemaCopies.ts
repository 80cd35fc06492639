import type { Project } from '../project';
import type { Schema } from './schema';

const kept = new WeakMap<Project, ReadonlySet<Schema>>();

/**
 * True for a schema that nothing runs on: no query of the workspace is about it, and most of its
 * models are those of another schema that queries are about (a copy for reference, under docs say).
 */
export function isCopy(project: Project, schema: Schema): boolean {
  let copies = kept.get(project);
  if (!copies) {
    copies = findCopies(project);
    kept.set(project, copies);
  }
  return copies.has(schema);
}

function findCopies(project: Project): ReadonlySet<Schema> {
  const twins = project.schemas.flatMap((schema) =>
    project.schemas
      .filter((other) => other !== schema && declaresMostOf(other, schema))
      .map((original) => ({ schema, original })),
  );
  if (twins.length === 0) return new Set();
  const queried = new Set<Schema>();
  for (const file of project.documents.keys()) {
    for (const query of project.queriesOf(file)) queried.add(query.schema);
  }
  const copies = twins.filter(({ schema, original }) => !queried.has(schema) && queried.has(original));
  return new Set(copies.map(({ schema }) => schema));
}

function declaresMostOf(other: Schema, schema: Schema): boolean {
  const names = [...schema.models.keys()];
  return names.filter((name) => other.models.has(name)).length * 2 > names.length;
}
