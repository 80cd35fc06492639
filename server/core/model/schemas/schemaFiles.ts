import type { DocumentFacts } from '../../syntax/documentFacts';
import type { PrismaFacts } from '../../syntax/prisma/facts';
import { folderOf, isWithin } from '../modules/paths';

/** The `.prisma` files that make one schema, sorted by name. */
export interface SchemaFiles {
  /** The folder of the file with the datasource, else of the files. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, PrismaFacts>;
}

interface Group {
  readonly folder: string;
  readonly files: Map<string, PrismaFacts>;
  readonly declared: Set<string>;
}

/**
 * Groups the `.prisma` documents into schemas. A file with a datasource is the heart of one; the files
 * of its folder and below that have none belong to it, unless they declare again most of what it already has:
 * then they are a copy (under docs, say) and a schema of their own. Files without any heart above
 * them make one schema a folder.
 */
export function groupSchemaFiles(documents: ReadonlyMap<string, DocumentFacts>): SchemaFiles[] {
  const hearts: Group[] = [];
  const others: [string, PrismaFacts][] = [];
  for (const [file, facts] of [...documents].sort(byName)) {
    if (facts.kind !== 'prisma') continue;
    if (facts.datasources.length > 0) hearts.push(newGroup(file, facts));
    else others.push([file, facts]);
  }
  const groups = [...hearts];
  for (const [file, facts] of others) {
    const home = nearest(hearts, file, facts) ?? groups.find((group) => isLooseHome(group, hearts, file, facts));
    if (home) addTo(home, file, facts);
    else groups.push(newGroup(file, facts));
  }
  return groups.map(({ folder, files }) => ({ folder, files: new Map([...files].sort(byName)) }));
}

function nearest(hearts: readonly Group[], file: string, facts: PrismaFacts): Group | undefined {
  let found: Group | undefined;
  for (const heart of hearts) {
    if (!isWithin(heart.folder, file) || declaresAgain(heart, facts)) continue;
    if (!found || heart.folder.length > found.folder.length) found = heart;
  }
  return found;
}

function isLooseHome(group: Group, hearts: readonly Group[], file: string, facts: PrismaFacts): boolean {
  return !hearts.includes(group) && group.folder === folderOf(file) && !declaresAgain(group, facts);
}

function newGroup(file: string, facts: PrismaFacts): Group {
  const group: Group = { folder: folderOf(file), files: new Map(), declared: new Set() };
  addTo(group, file, facts);
  return group;
}

function addTo(group: Group, file: string, facts: PrismaFacts): void {
  group.files.set(file, facts);
  for (const { name } of [...facts.models, ...facts.enums]) group.declared.add(name);
}

function declaresAgain(group: Group, facts: PrismaFacts): boolean {
  const own = [...facts.models, ...facts.enums];
  const again = own.filter(({ name }) => group.declared.has(name));
  return again.length * 2 > own.length;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
