import ts from 'typescript';
import { takesPromises } from './loops';
import { enclosingFunction, memberName, rangeOf, unwrap } from './nodes';
import type { PromiseListFact } from './promiseListFacts';
import type { Tables } from './tables';

/** Finds the lists of promises of a file. */
export function readPromiseLists(tables: Tables): PromiseListFact[] {
  if (tables.named('Promise').length === 0) return [];
  return tables.ofKind(ts.SyntaxKind.CallExpression).flatMap((call) => {
    const [list] = call.arguments;
    if (!list || takesPromises(call) !== 'promise-all') return [];
    const method = memberName(call.expression);
    if (method !== 'all' && method !== 'allSettled') return [];
    const inner = unwrap(list);
    const members = ts.isArrayLiteralExpression(inner) ? inner.elements : [inner];
    return [
      {
        callee: rangeOf(call.expression, tables.file),
        range: rangeOf(call, tables.file),
        method,
        function: tables.functionIndex.get(enclosingFunction(call)) ?? 0,
        members: members.map((member) => rangeOf(member, tables.file)),
      },
    ];
  });
}
