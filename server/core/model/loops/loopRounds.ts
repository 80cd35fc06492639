import type { LoopFact, LoopUse, TypeScriptFacts } from '../../syntax/typescript/facts';
import type { Project } from '../project';
import { propertiesOf } from '../queries/whereShape';
import { hasFewRounds } from './collectionSize';

/** A call and a loop around it. */
export interface LoopRow {
  readonly use: LoopUse;
  readonly loop: LoopFact;
}

/** The loops around a call, innermost first. */
export function loopRows(uses: readonly LoopUse[], { loops }: TypeScriptFacts): LoopRow[] {
  return uses.flatMap((use) => {
    const loop = loops[use.loop];
    return loop ? [{ use, loop }] : [];
  });
}

/**
 * True if a loop of a file runs what is in it once per element of something large: no retry, wait,
 * probe, stride, chunk or handful. `isPerElement` is asked where the loop goes through no collection.
 */
export function runsPerElement(
  { use, loop }: LoopRow,
  file: string,
  facts: TypeScriptFacts,
  project: Project,
  isPerElement: () => boolean,
): boolean {
  if (use.inCondition || use.leavesAfter || use.flushesBuffer || loop.retries || loop.waits) return false;
  if (use.decidesExit && !use.followsItself) return false;
  if (loop.collection === undefined && (isPaging(file, use.loop, project) || !isPerElement())) return false;
  if (loop.strides || isOverChunks(loop)) return false;
  return !hasFewRounds(loop, file, facts, project);
}

/** `for (const chunk of chunks)`, where the chunks are no rows of a query. */
function isOverChunks({ collection, collectionText }: LoopFact): boolean {
  const isRows = collection?.kind === 'call' && collection.call !== undefined;
  return !isRows && /(chunk|batch)e?[sd]?\b|chunks?\(/i.test(collectionText ?? '');
}

/** A `while` or `for (;;)` that reads page after page: what it does once per page is as it should be. */
function isPaging(file: string, loop: number, project: Project): boolean {
  return project.queriesOf(file).some(({ args, call }) => {
    const use = call.loops.find((candidate) => candidate.loop === loop);
    const options = use && args ? propertiesOf(args).map(({ key }) => key) : [];
    if (options.includes('skip') || options.includes('cursor')) return true;
    // `take` alone drains: the same question again until nothing is left.
    return use !== undefined && options.includes('take') && (use.decidesExit || !use.varies);
  });
}
