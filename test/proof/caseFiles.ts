import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Texts } from '../support/analyzeTexts';
import type { Run } from '../support/markdownFences';

/** The client that the shop's code imports: the one whose use is measured. */
const DB = `import type { PrismaClient } from '@prisma/client';

declare global {
  var shop: PrismaClient;
}

export const prisma = globalThis.shop;
`;

/** The name of the file that holds the calls of a case. */
export const RUNS = 'runs.ts';

/**
 * Writes the files of a case, and beside them the client they import and a module whose `runs` are the
 * functions that carry out its calls, in order. Returns the paths of what there is to type-check.
 */
export async function writeCase(folder: string, texts: Texts, runs: readonly Run[]): Promise<string[]> {
  const written = [...texts, ['db.ts', DB] as const, [RUNS, runsText(runs, texts)] as const];
  for (const [file, text] of written) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return written.map(([file]) => join(folder, file)).filter((path) => /\.[cm]?[jt]sx?$/.test(path));
}

function runsText(runs: readonly Run[], texts: Texts): string {
  const modules = [...new Set(runs.map(({ file }) => file))];
  const imports = modules.map(
    (file, index) => `import * as module${index} from './${file.replace(/\.[cm]?[jt]sx?$/, '')}';`,
  );
  const calls = runs.map(({ file, expression }) => {
    const names = exportedNames(texts.get(file) ?? '').filter((name) => new RegExp(`\\b${name}\\b`).test(expression));
    return `  async () => {
    const { ${names.join(', ')} } = module${modules.indexOf(file)};
    return ${expression};
  },`;
  });
  return `import { prisma } from './db';
${imports.join('\n')}

export const client = prisma;
export const runs: (() => Promise<unknown>)[] = [
${calls.join('\n')}
];
`;
}

function exportedNames(text: string): string[] {
  const declared = /^export (?:async )?(?:function\*?|const|let|class|abstract class) (\w+)/gm;
  return [...text.matchAll(declared)].flatMap(([, name]) => name ?? []);
}
