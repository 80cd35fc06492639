import type { LoopFact, TypeScriptFacts, Value } from '../../syntax/typescript/facts';
import type { Definition } from '../modules/definitions';
import type { Project } from '../project';

/** Array methods that never give more elements than they were given. */
const NEVER_LONGER: ReadonlySet<string> = new Set(
  'filter map sort reverse toSorted toReversed entries values keys'.split(' '),
);
const MAX_DEPTH = 8;
/** Loops of at most this many rounds are not worth a word. */
const FEW = 10;

/** True if the code proves that a loop runs only a handful of times. */
export function hasFewRounds(loop: LoopFact, file: string, facts: TypeScriptFacts, project: Project): boolean {
  const rounds = loop.collection ? largestSize({ file, facts, value: loop.collection }, project) : loop.atMost;
  return rounds !== undefined && rounds <= FEW;
}

/**
 * Returns the largest number of elements that the code lets a collection have; undefined where it
 * sets no limit that can be seen.
 */
function largestSize(definition: Definition, project: Project, depth = 0): number | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const { file, facts, value } = definition;
  const sizeOf = (inner: Value | undefined): number | undefined =>
    inner && largestSize({ file, facts, value: inner }, project, depth + 1);
  switch (value.kind) {
    case 'array':
      return value.open ? undefined : value.elements.length;
    case 'object':
      return value.open ? undefined : value.properties.length;
    case 'undefined':
      return 0;
    case 'either': {
      const sizes = value.options.map(sizeOf);
      return sizes.every((size) => size !== undefined) ? Math.max(0, ...sizes) : undefined;
    }
    case 'new':
      return value.callee.kind === 'global' && /^(Set|Map)$/.test(value.callee.name)
        ? sizeOf(value.arguments[0])
        : undefined;
    case 'call':
      return value.call === undefined ? sizeOfCall(value, sizeOf) : takenBy(value.call, definition);
    case 'import':
    case 'member': {
      const target = project.definitions.resolve(definition);
      if (target.value !== value) return largestSize(target, project, depth + 1);
      return value.kind === 'import' ? project.schemaFor(file)?.enums.get(value.name)?.length : undefined;
    }
    default:
      return undefined;
  }
}

function sizeOfCall(
  { callee, arguments: given }: Value & { kind: 'call' },
  sizeOf: (value: Value | undefined) => number | undefined,
): number | undefined {
  if (callee.kind !== 'member') return undefined;
  const owner = callee.object.kind === 'global' ? callee.object.name : undefined;
  if (owner === 'Object' && /^(keys|values|entries)$/.test(callee.name)) return sizeOf(given[0]);
  if (owner === 'Array' && callee.name === 'from') return lengthGiven(given[0]) ?? sizeOf(given[0]);
  if (callee.name === 'slice') return sliceLength(given) ?? sizeOf(callee.object);
  return NEVER_LONGER.has(callee.name) ? sizeOf(callee.object) : undefined;
}

/** `{ length: 7 }` → 7. */
function lengthGiven(value: Value | undefined): number | undefined {
  const length = value?.kind === 'object' ? value.properties.find(({ key }) => key === 'length')?.value : undefined;
  return numberOf(length);
}

/** `slice(0, 5)` → 5; `slice(n)` says nothing. */
function sliceLength([from, to]: readonly Value[]): number | undefined {
  const start = numberOf(from);
  const end = numberOf(to);
  return start === undefined || end === undefined || end < 0 || start < 0 ? undefined : Math.max(0, end - start);
}

/** The `take` of the read that gave the rows, if that read does not itself run in a loop. */
function takenBy(index: number, { facts }: Definition): number | undefined {
  const call = facts.calls[index];
  const args = call?.arguments[0];
  if (!call || call.loops.length > 0 || args?.kind !== 'object') return undefined;
  const take = args.properties.find(({ key, optional }) => key === 'take' && !optional);
  const limit = numberOf(take?.value);
  return limit === undefined ? undefined : Math.abs(limit);
}

function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === 'literal' && typeof value.value === 'number' ? value.value : undefined;
}
