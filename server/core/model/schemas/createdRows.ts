import { folderOf, foldersUp } from '../modules/paths';
import type { Project } from '../project';
import type { Query } from '../queries/query';

const RETURNS_CREATED: ReadonlySet<string> = new Set(['postgresql', 'cockroachdb', 'sqlite']);
/** The first version of Prisma with `createManyAndReturn`. */
const SINCE = { major: 5, minor: 14 };

/** True if `createManyAndReturn` is there for a query: by the database, and by the version that its package names. */
export function returnsCreated({ file, schema }: Query, { documents }: Pick<Project, 'documents'>): boolean {
  if (!RETURNS_CREATED.has(schema.provider ?? '')) return false;
  for (const folder of foldersUp(folderOf(file))) {
    const facts = documents.get(folder === '' ? 'package.json' : `${folder}/package.json`);
    const version = facts?.kind === 'package' ? facts.prismaVersion : undefined;
    const [, major, minor] = /^[\^~>=v ]*(\d+)(?:\.(\d+))?/.exec(version ?? '') ?? [];
    if (major === undefined) continue;
    if (Number(major) !== SINCE.major) return Number(major) > SINCE.major;
    // `^5.0.0` may be any of them: only what is pinned higher is sure.
    return Number(minor ?? '0') >= SINCE.minor;
  }
  return true;
}
