import type { DocumentFacts } from './documentFacts';
import { readPackageFacts } from './json/readPackageFacts';
import { isTasksFile, readTasksFacts } from './json/readTasksFacts';
import { isTsconfigFile, readTsconfigFacts } from './json/readTsconfigFacts';
import { readMigrationFacts } from './prisma/readMigrationFacts';
import { readPrismaFacts } from './prisma/readPrismaFacts';
import { isTypeScriptFile } from './typescript/parse';
import { readTypeScriptFacts } from './typescript/readTypeScriptFacts';

/**
 * Returns the facts of a document, by the name of its file (relative, with `/`); undefined for a
 * file that says nothing to us. Never throws: broken text gives fewer facts.
 */
export function readFacts(file: string, text: string): DocumentFacts | undefined {
  if (isTypeScriptFile(file)) return readTypeScriptFacts(file, text);
  if (file.endsWith('.prisma')) return readPrismaFacts(text);
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (name === 'package.json') return readPackageFacts(text);
  if (isTsconfigFile(file)) return readTsconfigFacts(text);
  if (isTasksFile(file)) return readTasksFacts(text);
  return name === 'migration.sql' ? readMigrationFacts(text) : undefined;
}
