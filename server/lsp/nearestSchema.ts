import { existsSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';

const SCHEMA_PLACES = ['schema.prisma', 'prisma/schema.prisma', 'src/prisma/schema.prisma', 'src/schema.prisma'];
const SCHEMA_FOLDERS = ['prisma/schema', 'prisma'];

/**
 * Finds the schema that is likely to govern a file, before the workspace is known: the `.prisma`
 * files of the nearest folder above it that has one, with the `package.json` there. All relative to
 * `root`; nothing above `root` is looked at.
 */
export function nearestSchema(root: string, file: string): string[] {
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    const schema = schemaIn(root, folder);
    if (schema.length > 0) return [...schema, ...existing(root, [posix.join(folder, 'package.json')])];
    if (folder === '.' || folder === '/') return [];
  }
}

function schemaIn(root: string, folder: string): string[] {
  const single = existing(
    root,
    SCHEMA_PLACES.map((place) => posix.join(folder, place)),
  );
  if (single.length > 0) return single.slice(0, 1);
  for (const place of SCHEMA_FOLDERS) {
    const several = prismaFiles(root, posix.join(folder, place));
    if (several.length > 0) return several;
  }
  return [];
}

function existing(root: string, files: readonly string[]): string[] {
  return files.filter((file) => existsSync(posix.join(root, file)));
}

function prismaFiles(root: string, folder: string): string[] {
  try {
    const names = readdirSync(posix.join(root, folder)).filter((name) => name.endsWith('.prisma'));
    return names.map((name) => posix.join(folder, name));
  } catch {
    return []; // Not there, or not ours to read: no schema in it.
  }
}
