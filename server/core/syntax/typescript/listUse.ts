import ts from 'typescript';
import type { ListUseFact, NarrowingFact, RowTest } from './facts';
import { aliasOf, type NarrowingNode, readNarrowing } from './listNarrowing';
import type { RowTestNode } from './listTests';
import { isPresenceTest, lengthUseOf } from './listUseLength';
import { readListPlaces, usesOfName } from './listUsePlaces';
import { memberName, unwrap } from './nodes';
import type { CallNode, Tables } from './tables';
import type { Values } from './values';

/** Reads what is done with the list that a `findMany` gives; undefined where a part of it can't be seen, or is no question. */
export function readListUse(call: CallNode, tables: Tables, values: Values): ListUseFact | undefined {
  if (!ts.isCallExpression(call) || memberName(unwrap(call.expression)) !== 'findMany') return undefined;
  const count = readCount(call, tables);
  if (count) return count;
  const narrowing = readNarrowing(call, tables);
  if (!narrowing) return undefined;
  const steps = narrowing.steps.map((step) => factOfStep(step, values));
  const asks = countOf(countedUses(narrowing.result, tables));
  return { kind: 'narrowed', steps, ...(asks ? { asks } : {}) };
}

/** The uses of what is left after the last step: by the name it is given, or right there. */
export function countedUses(result: ts.Expression, tables: Tables): readonly ts.Expression[] {
  const alias = aliasOf(result);
  return (alias && usesOfName(alias, tables)) ?? [result];
}

function readCount(call: ts.CallExpression, tables: Tables): ListUseFact | undefined {
  const places = readListPlaces(call, tables);
  if (!places) return undefined;
  if (places.length) return { kind: 'counted', asks: 'number' };
  const asks = countOf(places.uses);
  return asks && { kind: 'counted', asks };
}

/** What is asked of a list that is used in these places: `number` if one of them needs it; undefined if more is. */
function countOf(uses: readonly ts.Expression[]): 'number' | 'existence' | undefined {
  let asks: 'number' | 'existence' | undefined;
  for (const rows of uses) {
    const use = lengthUseOf(rows);
    if (!use && !isPresenceTest(rows)) return undefined;
    if (use) asks = use.asks === 'number' || asks === 'number' ? 'number' : 'existence';
  }
  return asks;
}

function factOfStep(step: NarrowingNode, values: Values): NarrowingFact {
  switch (step.step) {
    case 'sort':
      return step;
    case 'slice':
      return { ...step, to: values.of(step.to) };
    default:
      return { step: step.step, test: factOfTest(step.test, values) };
  }
}

function factOfTest(test: RowTestNode, values: Values): RowTest {
  switch (test.kind) {
    case 'all':
    case 'any':
      return { kind: test.kind, parts: test.parts.map((part) => factOfTest(part, values)) };
    case 'not':
      return { kind: 'not', part: factOfTest(test.part, values) };
    case 'truthy':
      return test;
    case 'in':
      return { ...test, list: values.of(test.list) };
    case 'compare':
    case 'text':
      return { ...test, value: values.of(test.value) };
  }
}
