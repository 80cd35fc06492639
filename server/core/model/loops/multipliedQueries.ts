import type { LoopFact, LoopUse, Property, Value } from '../../syntax/typescript/facts';
import { isRare } from '../calls/callGraph';
import type { Project } from '../project';
import type { Query } from '../queries/query';
import { equalityFields, propertiesOf } from '../queries/whereShape';
import { isUniqueKey } from '../schemas/indexCoverage';
import type { Model } from '../schemas/schema';
import { type LoopRow, loopRows, runsPerElement } from './loopRounds';

/** A query that a loop sends again and again. */
export interface MultipliedQuery {
  readonly query: Query;
  /** The outermost loop that multiplies it. */
  readonly loop: LoopFact;
  /** The innermost one, whose rounds the query's arguments usually follow. */
  readonly innermost: LoopFact;
  /** The read that gave the rows the innermost loop goes through, where it is one of the file's queries. */
  readonly parent?: Query;
  /** How many loops multiply it. */
  readonly depth: number;
  /** Its arguments use something that changes from round to round of a multiplying loop. */
  readonly varies: boolean;
  /**
   * What it answers may depend on what the loop did before: it writes the model, or awaits something
   * that is no read earlier in the round. Then the query can't be asked before the loop.
   */
  readonly mayAnswerAnew: boolean;
  /** Each step needs the one before, so that no batch can replace the walk. */
  readonly walks: boolean;
}

/** The keys under which a query takes a list. */
const TAKES_LIST = /^(in|notIn|data|OR|connect|set)$/;
/** Those under which a write of one row takes the loop's element itself: it is no list there. */
const TAKES_ELEMENT = /^(data|connect|set)$/;

/**
 * Tells if a loop makes a query cost one round trip per element; undefined where no loop does:
 * retries, paging, chunks, probes, a handful of rounds, and the reads that Prisma batches itself.
 */
export function multiplied(query: Query, project: Project): MultipliedQuery | undefined {
  const multiplying = multiplyingRows(query, project);
  const outermost = multiplying.at(-1);
  const innermost = multiplying[0];
  if (!outermost || !innermost) return undefined;
  const parent = readOf(innermost.loop.collection, query, project);
  return {
    query,
    ...(parent ? { parent } : {}),
    loop: outermost.loop,
    innermost: innermost.loop,
    depth: multiplying.length,
    mayAnswerAnew: innermost.use.effectsBefore || isWrittenIn(outermost.use.loop, query, project),
    varies: multiplying.some(({ use }) => use.varies),
    walks: multiplying.length === 1 && innermost.loop.collection === undefined && walksChain(query, innermost.use),
  };
}

/** The loops that multiply a query, outermost first. */
export function multiplyingLoops(query: Query, project: Project): LoopFact[] {
  return multiplyingRows(query, project)
    .map(({ loop }) => loop)
    .reverse();
}

function multiplyingRows(query: Query, project: Project): LoopRow[] {
  if (isRare(query.call)) return [];
  const rows = loopRows(query.call.loops, query.facts);
  if (query.effect === 'write' && isOfItsRound(query, rows, project)) return [];
  if (rows[0] && (isBatchedByPrisma(query, rows[0]) || takesChunk(query, rows[0]))) rows.shift();
  return rows.filter((row) => multiplies(query, row, project));
}

/**
 * A write that each round must send by itself: one that notes what has been done outside the database,
 * or that claims this round's work or follows from the claim; or one that none sends: `$transaction`
 * takes them as one batch.
 */
function isOfItsRound(query: Query, rows: readonly LoopRow[], project: Project): boolean {
  const { deferred, afterWork } = query.call;
  if (deferred || afterWork || rows.some(({ loop }) => loop.together === 'transaction')) return true;
  return isClaim(query) || project.queriesOf(query.file).some((other) => isClaim(other) && isBefore(other, query));
}

/** How many rows it found says whether the work is this process's. */
function isClaim({ call, operation }: Query): boolean {
  return call.decides === true && /Many|^\$/.test(operation);
}

/** Earlier in the same round. */
function isBefore({ call: earlier }: Query, { call }: Query): boolean {
  return earlier.range.end <= call.range.start && earlier.loops[0]?.loop === call.loops[0]?.loop;
}

function isWrittenIn(loop: number, { file, model }: Query, project: Project): boolean {
  return project
    .queriesOf(file)
    .some(
      (other) =>
        other.effect === 'write' &&
        (other.model === undefined || other.model === model) &&
        other.call.loops.some((use) => use.loop === loop),
    );
}

function readOf(rows: Value | undefined, { file, facts }: Query, project: Project): Query | undefined {
  if (rows?.kind !== 'call' || rows.call === undefined) return undefined;
  const call = facts.calls[rows.call];
  return project.queriesOf(file).find((query) => query.call === call);
}

/**
 * A loop that goes through no collection is often a page, an attempt or a range a round. It counts
 * where it takes element after element off a list, follows a chain of rows, or counts one by one.
 */
function multiplies(query: Query, row: LoopRow, project: Project): boolean {
  const { loop, use } = row;
  const isPerElement = () => loop.kind === 'for' || loop.takesItems || walksChain(query, use);
  return runsPerElement(row, query.file, query.facts, project, isPerElement);
}

/** Reads one row, by what the row before it said. Many rows at a time are pages. */
function walksChain({ operation }: Query, { followsItself }: LoopUse): boolean {
  return followsItself && /^find(Unique|First)/.test(operation);
}

/** `Promise.all(ids.map((id) => prisma.user.findUnique({ where: { id } })))` is one query: Prisma gathers a tick's. */
function isBatchedByPrisma(query: Query, { use, loop }: LoopRow): boolean {
  return loop.together !== undefined && !use.awaitsBefore && isBatchable(query);
}

/** True for a read that Prisma gathers with its like, where they are sent in one tick: `findUnique` by equality. */
export function isBatchable({ call, model, operation, args }: Query): boolean {
  if (!/^findUnique(OrThrow)?$/.test(operation) || call.fluent || !model) return false;
  const where = args && propertiesOf(args).find(({ key }) => key === 'where')?.value;
  if (where?.kind !== 'object' || where.open) return false;
  const equalities = equalityFields(where, model);
  const others = where.properties.filter(({ key, value }) => !equalities.includes(key) && !isNull(value));
  return (
    others.every((property) => isCompoundKey(property, model)) && (others.length > 0 || isUniqueKey(model, equalities))
  );
}

/** `deletedAt: null` is an equality to Prisma too. */
function isNull(value: Value): boolean {
  return value.kind === 'literal' && value.value === null;
}

/** `projectId_name: { projectId, name }`, under whatever name. */
function isCompoundKey({ key, value }: Property, { fields }: Model): boolean {
  if (fields.has(key) || value.kind !== 'object' || value.open) return false;
  return value.properties.every((part) => fields.has(part.key));
}

/**
 * The query takes a whole chunk: `in: chunk`, `data: chunk`, also mapped, or a slice of the list; a write of several
 * rows also what goes with a key, `for (const [status, ids] of idsByStatus)`.
 */
function takesChunk({ args, model, call, operation }: Query, { use }: { use: LoopUse }): boolean {
  if (model) return args !== undefined && mentionsChunk(args, use.loop, operation);
  return call.arguments.some((value) => joinsChunk(value, use.loop));
}

/** `Prisma.join(chunk)`, in a raw query. */
function joinsChunk(value: Value, loop: number): boolean {
  if (value.kind !== 'call' || value.callee.kind !== 'member' || value.callee.name !== 'join') return false;
  return value.arguments.some((argument) => isChunk(argument, loop));
}

function mentionsChunk(value: Value, loop: number, operation: string): boolean {
  const writesOne = /^(create|update|upsert|delete)$/.test(operation);
  const writesGroup = /^(update|delete)Many$/.test(operation);
  return propertiesOf(value).some(({ key, value: held }) => {
    const isOne = writesOne && held.kind === 'element' && TAKES_ELEMENT.test(key);
    if (TAKES_LIST.test(key) && !isOne && isChunk(held, loop, writesGroup)) return true;
    return mentionsChunk(held, loop, operation);
  });
}

function isChunk(value: Value, loop: number, orGroup = false): boolean {
  if (value.kind === 'element') return value.loop === loop;
  if (orGroup && value.kind === 'member' && value.name === '1') return isChunk(value.object, loop);
  if (value.kind !== 'call' || value.callee.kind !== 'member') return false;
  if (/^(slice|splice)$/.test(value.callee.name)) return true;
  return /^(map|filter|flatMap)$/.test(value.callee.name) && isChunk(value.callee.object, loop, orGroup);
}
