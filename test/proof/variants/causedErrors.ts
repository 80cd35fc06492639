import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isTypeScriptFile } from '../../../server/core/syntax/typescript/parse';
import type { Texts } from '../../support/analyzeTexts';
import { generateClientOf } from '../shopClient';
import { typeErrors } from '../typeErrors';
import type { FixedVariant } from './fixedVariants';

/** Examples import what no example shows. */
const ELSEWHERE =
  /^\d+: (?:Cannot find module|Could not find a declaration file)|^\d+: Expected 1 arguments, but got 0/;

/**
 * Type-checks what fixes made of code, beside a client generated from the schema it stands beside, and returns
 * the errors that the code did not have before, each with its name and what became of it.
 */
export async function causedErrors(variants: readonly FixedVariant[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-hints-variants-'));
  try {
    const homes = await writeClients(variants, folder);
    const homeOf = (index: number, { before }: FixedVariant) => join(homes.get(schemaOf(before)) ?? folder, `${index}`);
    const afterOf = (variant: FixedVariant, index: number) => join(homeOf(index, variant), 'after');
    const beforeOf = (variant: FixedVariant, index: number) => join(homeOf(index, variant), 'before');
    const found = await errorsByFolder(variants.map((variant, index) => [afterOf(variant, index), variant.after]));
    // Most fixes cause no error at all: only the others have to be compared with what was there.
    const doubtful = variants
      .map((variant, index) => ({ variant, index }))
      .filter((each) => found.has(afterOf(each.variant, each.index)));
    const known = await errorsByFolder(
      doubtful.map(({ variant, index }) => [beforeOf(variant, index), variant.before]),
    );
    return doubtful.flatMap(({ variant, index }) => {
      const before = known.get(beforeOf(variant, index)) ?? [];
      // Where the code was wrong already, what the compiler makes of the rest is guesswork.
      if (before.length > 0) return [];
      const caused = found.get(afterOf(variant, index)) ?? [];
      return caused.map((message) => `${variant.name}\n${message}\n${changedText(variant)}`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeClients(variants: readonly FixedVariant[], folder: string): Promise<ReadonlyMap<string, string>> {
  const homes = new Map<string, string>();
  for (const schema of new Set(variants.map(({ before }) => schemaOf(before)))) {
    const home = join(folder, `schema${homes.size}`);
    homes.set(schema, home);
    if (schema) await generateClientOf(schema, home);
  }
  return homes;
}

/** The models that the client is made of; what the database has besides says nothing about types. */
function schemaOf(texts: Texts): string {
  const schemas = [...texts].flatMap(([file, text]) => (file.endsWith('.prisma') ? text : []));
  return schemas.join('\n').replace(/^\s*(?:extensions|previewFeatures)\s*=.*$/gm, '');
}

/** What the compiler says of the scripts in each folder that has errors, without lines: a fix moves them. */
async function errorsByFolder(folders: readonly (readonly [string, Texts])[]): Promise<ReadonlyMap<string, string[]>> {
  const written = new Map<string, string>();
  for (const [folder, texts] of folders) {
    for (const [file, text] of texts) {
      if (!isTypeScriptFile(file)) continue;
      const path = join(folder, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      written.set(path, folder);
    }
  }
  const found = new Map<string, string[]>();
  for (const { file, message } of written.size > 0 ? typeErrors([...written.keys()]) : []) {
    const folder = written.get(file);
    if (folder && !ELSEWHERE.test(message))
      found.set(folder, [...(found.get(folder) ?? []), message.replace(/^\d+: /, '')]);
  }
  return found;
}

function changedText({ before, after }: FixedVariant): string {
  return [...after].flatMap(([file, text]) => (before.get(file) === text ? [] : [`${file}:`, text])).join('\n');
}
