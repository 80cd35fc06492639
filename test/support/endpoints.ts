import { endpointsOf } from '../../server/core/model/endpoints';
import { nameOfEndpoint } from '../../server/core/model/endpoints/endpoint';
import { createProject, type Project } from '../../server/core/model/project';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';
import { isTypeScriptFile } from '../../server/core/syntax/typescript/parse';
import { isWorthParsing } from '../../server/core/syntax/typescript/preFilter';

const SCHEMA =
  'model User {\n  id Int @id\n  orders Order[]\n}\nmodel Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n';

/** File name → text. */
export type Files = Readonly<Record<string, string>>;

/** Makes the project of a schema and some files, as far as the pre-filter lets them through. */
export function projectOf(files: Files): Project {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of Object.entries({ 'prisma/schema.prisma': SCHEMA, ...files })) {
    const facts = isTypeScriptFile(file) && !isWorthParsing(text) ? undefined : readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  return createProject(documents);
}

/** Returns the endpoints, each with the function that answers: `GET /orders → list`. */
export function endpoints(files: Files): string[] {
  const project = projectOf(files);
  return endpointsOf(project).map(
    (endpoint) => `${nameOfEndpoint(endpoint)} → ${functionOf(project, endpoint.handler)}`,
  );
}

function functionOf(project: Project, place: { file: string; function: number } | undefined): string {
  const facts = place && project.documents.get(place.file);
  if (!place || facts?.kind !== 'typescript') return '?';
  return facts.functions[place.function]?.name ?? 'fn';
}
