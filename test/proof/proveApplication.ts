/**
 * `npm run prove:application FOLDER [TSCONFIG …]`: applies in memory what fixes an application is offered, and counts
 * by rule what is offered, what is applied, what no longer parses, and what its compiler newly refuses.
 */
import { resolve } from 'node:path';
import { defaultConfig } from '../../server/core/config';
import { type LoadedProject, loadProject } from '../../server/workspace/loadProject';
import type { Texts } from '../support/analyzeTexts';
import { parseErrors } from '../support/parseErrors';
import { without } from '../support/without';
import { count, type FixRun, offeredIn, runOfFixAll, runsOfEachFix } from './applications/fixRun';
import { openTypeChecker } from './applications/typeChecker';

async function main(folder: string, tsconfigs: readonly string[]): Promise<void> {
  const loaded = await loadProject(folder, { config: defaultConfig });
  const offered = offeredIn(loaded);
  const offers = new Map<string, number>();
  for (const { finding, fix } of offered) count(offers, `${finding.rule} (${fix.kind})`);
  print('offered', offers);
  const runs = [await runOfFixAll(loaded, false), await runOfFixAll(loaded, true), ...runsOfEachFix(offered, loaded)];
  for (const run of runs) {
    print(`${run.name}: ${run.changed.size} files changed; applied`, run.applied);
    report('no longer parses', brokenTexts(run, loaded));
  }
  for (const tsconfig of tsconfigs) {
    const check = openTypeChecker(resolve(folder, tsconfig), folder);
    const files = new Set(runs.flatMap(({ changed }) => [...changed.keys()]));
    const before = check(files, new Map());
    console.log(`${tsconfig}: ${before.length} type errors in ${files.size} files before any fix`);
    for (const { name, changed } of runs) report(`${name}, newly refused`, without(check(files, changed), before));
  }
}

/** What the parsers newly refuse in the files that a run changed; schemas are seen to by the run itself. */
function brokenTexts({ changed }: FixRun, { readText }: LoadedProject): string[] {
  const scripts = new Map([...changed].filter(([file]) => !file.endsWith('.prisma')));
  const before: Texts = new Map([...scripts.keys()].map((file) => [file, readText(file) ?? '']));
  return without(parseErrors(scripts), parseErrors(before));
}

function print(title: string, counts: ReadonlyMap<string, number>): void {
  const parts = [...counts].sort().map(([name, times]) => `${name} ${times}`);
  console.log(`${title}: ${parts.join(', ') || 'nothing'}`);
}

function report(title: string, messages: readonly string[]): void {
  console.log(`  ${title}: ${messages.length}`);
  for (const message of messages) console.log(`    ${message.replaceAll('\n', '\n      ')}`);
}

const [folder = 'test/workspace', ...tsconfigs] = process.argv.slice(2);
void main(resolve(folder), tsconfigs);
