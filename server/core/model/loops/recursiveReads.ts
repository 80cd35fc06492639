import type { LoopFact, RecursionFact, TypeScriptFacts } from '../../syntax/typescript/facts';
import type { Project } from '../project';
import type { Query } from '../queries/query';
import { hasFewRounds } from './collectionSize';

/** What a function that calls itself once for each child reads each time. */
interface RecursiveReads {
  readonly loop: LoopFact;
  readonly queries: readonly Query[];
}

/** Returns the reads of a recursion; undefined where it reads nothing, or its loop goes through a handful. */
export function readsOfRecursion(file: string, recursion: RecursionFact, project: Project): RecursiveReads | undefined {
  const facts = project.documents.get(file);
  if (facts?.kind !== 'typescript') return undefined;
  const loop = recursion.loops.flatMap((use) => {
    const candidate = facts.loops[use.loop];
    return candidate?.collection && !use.leavesAfter ? [candidate] : [];
  })[0];
  if (!loop || hasFewRounds(loop, file, facts, project)) return undefined;
  const queries = project
    .queriesOf(file)
    .filter(({ effect, call }) => effect === 'read' && isWithinFunction(call.function, recursion.function, facts));
  return queries.length > 0 ? { loop, queries } : undefined;
}

function isWithinFunction(inner: number, outer: number, { functions }: TypeScriptFacts): boolean {
  for (let index: number | undefined = inner; index !== undefined; index = functions[index]?.parent) {
    if (index === outer) return true;
  }
  return false;
}
