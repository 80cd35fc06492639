/**
 * `npm run prove -- [--write] [RULE …]`: runs the proof cases of the rules' pages on a database, and writes what
 * each fix saves into the pages with `--write`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type ProofCase, pageOf, readProofCases } from './proofCases';
import { openWorkshop, type PreparedCase } from './workshop';

async function main(rules: readonly string[], write: boolean): Promise<void> {
  const cases = readProofCases(rules.length > 0 ? rules : undefined);
  const workshop = await openWorkshop();
  const prepared = new Map<ProofCase, PreparedCase>();
  const failed = new Map<ProofCase, unknown>();
  for (const proofCase of cases) {
    try {
      prepared.set(proofCase, await workshop.prepare(proofCase));
    } catch (error) {
      failed.set(proofCase, error);
    }
  }
  const errors = workshop.typeErrors();
  for (const [proofCase, { before, after, ...rest }] of prepared) {
    for (const { file, message } of errors) {
      if (file.startsWith(before)) failed.set(proofCase, `before the fix, ${file.slice(before.length + 1)}:${message}`);
      if (file.startsWith(after)) failed.set(proofCase, `after the fix, ${file.slice(after.length + 1)}:${message}`);
    }
    if (failed.has(proofCase)) continue;
    try {
      const saved = await workshop.prove({ before, after, ...rest });
      console.log(`${nameOf(proofCase)}: ${saved}`);
      if (write) writeClaim(proofCase, saved);
    } catch (error) {
      failed.set(proofCase, error);
    }
  }
  for (const [proofCase, error] of failed) {
    console.log(`NOT PROVEN ${nameOf(proofCase)}: ${error instanceof Error ? error.message : error}`);
  }
  console.log(`${cases.length - failed.size} of ${cases.length} proven`);
  await workshop.close();
  process.exitCode = failed.size > 0 ? 1 : 0;
}

function nameOf({ rule, line, heading, title }: ProofCase): string {
  return `test/rules/${rule}.md:${line} ${heading} (${title})`;
}

function writeClaim({ rule, line }: ProofCase, saved: string): void {
  const lines = readFileSync(pageOf(rule), 'utf8').split('\n');
  lines[line - 1] = (lines[line - 1] ?? '').replace(/proof="[^"]*"/, `proof="${saved}"`);
  writeFileSync(pageOf(rule), lines.join('\n'));
}

const words = process.argv.slice(2);
void main(
  words.filter((word) => !word.startsWith('-')),
  words.includes('--write'),
);
