import type { CallFact, LoopFact, TypeScriptFacts, Value } from '../../syntax/typescript/facts';
import type { Project } from '../project';
import { isIn } from '../transactions/openedTransactions';

/** Methods that give a list of the same elements, or fewer. */
const SAME_LIST = /^(?:map|filter|sort|reverse|toSorted|toReversed|entries|values)$/;
/** What is read by a larger `take` is a list of any length as far as the pool is concerned. */
const SMALL_PAGE = 50;

/**
 * True if a loop goes through a part of something that somebody has bounded: a chunk, a slice, a page, the rows
 * of a read with a `take`, or what belongs to one row.
 */
export function isOverPart(loop: LoopFact, file: string, facts: TypeScriptFacts, project: Project): boolean {
  if (/chunk|batch|slice|page/i.test(loop.collectionText ?? '')) return true;
  return loop.collection !== undefined && isPart(loop.collection, loop, file, facts, project);
}

function isPart(value: Value, loop: LoopFact, file: string, facts: TypeScriptFacts, project: Project): boolean {
  const again = (inner: Value) => isPart(inner, loop, file, facts, project);
  switch (value.kind) {
    case 'element': {
      const outer = facts.loops[value.loop];
      return outer !== undefined && (outer.strides || /chunk|batch/i.test(outer.collectionText ?? ''));
    }
    case 'either':
      return value.options.every((option) => again(option) || (option.kind === 'array' && !option.open));
    case 'member':
      return isOfOneRow(value, facts) || isOfRound(value, loop, facts);
    case 'call': {
      const call = value.call === undefined ? undefined : facts.calls[value.call];
      if (call) return isSmallPage(call, file, facts, project) || isOfRound(value, loop, facts);
      const { callee } = value;
      if (callee.kind !== 'member') return isOfRound(value, loop, facts);
      if (/^(?:slice|splice)$/.test(callee.name)) return value.arguments.length > 1 || again(callee.object);
      return SAME_LIST.test(callee.name) ? again(callee.object) : isOfRound(value, loop, facts);
    }
    default:
      return false;
  }
}

/** `order.lines` of `const order = await prisma.order.findUnique(…)`: as many as one order has. */
function isOfOneRow(value: Value, { calls }: TypeScriptFacts): boolean {
  let owner = value;
  while (owner.kind === 'member') owner = owner.object;
  const call = owner.kind === 'call' && owner.call !== undefined ? calls[owner.call] : undefined;
  return call !== undefined && /^find(?:Unique|First)/.test(call.name);
}

/** The rows of one page; a `take` that can't be seen is somebody's limit all the same. */
function isSmallPage({ arguments: [args] }: CallFact, file: string, facts: TypeScriptFacts, project: Project): boolean {
  const take = args?.kind === 'object' ? args.properties.find(({ key }) => key === 'take') : undefined;
  if (!take || take.optional) return false;
  const { value } = project.definitions.resolve({ file, facts, value: take.value });
  return value.kind !== 'literal' || typeof value.value !== 'number' || Math.abs(value.value) <= SMALL_PAGE;
}

/** Read in each round of a `while` around the loop: one page after another. */
function isOfRound({ range }: Value, loop: LoopFact, { loops }: TypeScriptFacts): boolean {
  return loops.some(
    (outer) =>
      (outer.kind === 'while' || outer.kind === 'do') && isIn(loop.range, outer.range) && isIn(range, outer.range),
  );
}
