import ts from 'typescript';
import type { CallPlaces } from './callPlace';
import type { InvocationFact, LoopUse, Value } from './facts';
import { passedToLoop } from './loopCalls';
import { readLoopUses, runsInPlace } from './loopUses';
import { enclosingFunction, memberName, rangeOf, unwrap } from './nodes';
import { rootIdentifier } from './scopes';
import type { Tables } from './tables';
import { lean } from './valueShapes';
import type { Values } from './values';
import { sleepOf } from './waiting';
import { isAskedAbout } from './writePlace';

/**
 * Reads the calls that may lead to a function of the workspace, in the order of the text. Those that a
 * module makes while it is loaded, once, are left out: nobody asks what they cost.
 */
export function readInvocations(tables: Tables, values: Values, places: CallPlaces): InvocationFact[] {
  return tables.ofKind(ts.SyntaxKind.CallExpression).flatMap((call) => {
    if (tables.callIndex.has(call)) return [];
    const outside = readOutsideCall(call, tables, places);
    if (outside) return [outside];
    const passed = passedToLoop(call);
    const loop = passed && tables.loopIndex.get(call);
    const own = loop === undefined ? [] : [eachOf(loop)];
    const callee = passed && loop !== undefined ? passed : call.expression;
    return readInvocation(call, callee, own, tables, values, places) ?? [];
  });
}

/** A function that is handed to a loop by its name gets another element each round. */
function eachOf(loop: number): LoopUse {
  return {
    loop,
    varies: true,
    inCondition: false,
    leavesAfter: false,
    followsItself: false,
    awaitsBefore: false,
    effectsBefore: false,
    decidesExit: false,
  };
}

/** `fetch(…)`, and a `setTimeout` that a promise is made of: what the language itself waits with. */
function readOutsideCall(call: ts.CallExpression, tables: Tables, places: CallPlaces): InvocationFact | undefined {
  const { expression } = call;
  if (!ts.isIdentifier(expression) || !WAITING.has(expression.text)) return undefined;
  if (tables.scopes.lookup(expression.text, expression)) return undefined;
  const waiting = expression.text === 'fetch' ? call : sleepOf(call);
  const owner = waiting && enclosingFunction(waiting);
  if (!waiting || !owner || ts.isSourceFile(owner)) return undefined;
  const range = rangeOf(expression, tables.file);
  return {
    callee: range,
    name: expression.text,
    target: { kind: 'global', name: expression.text, range },
    function: tables.functionIndex.get(owner) ?? 0,
    loops: waiting === call ? readLoopUses(call, tables) : [],
    ...places.of(waiting),
  };
}

const WAITING: ReadonlySet<string> = new Set(['fetch', 'setTimeout']);

function readInvocation(
  call: ts.CallExpression,
  callee: ts.Expression,
  own: readonly LoopUse[],
  tables: Tables,
  values: Values,
  places: CallPlaces,
): InvocationFact | undefined {
  const name = nameOf(callee);
  if (name === undefined || !mayBeDefinedHere(callee, tables)) return undefined;
  const loops = [...own, ...readLoopUses(call, tables)];
  const owner = enclosingFunction(call);
  if (loops.length === 0 && ts.isSourceFile(owner)) return undefined;
  const target = lean(values.of(callee));
  const place = places.of(call);
  if (!mayLeadToFunction(target) && !(place.waitedFor && isMadeByPackage(target, tables, values))) return undefined;
  const awaited = ts.isAwaitExpression(call.parent);
  return {
    callee: rangeOf(callee, tables.file),
    name,
    target,
    function: tables.functionIndex.get(owner) ?? 0,
    loops,
    ...(awaited ? { awaited } : {}),
    ...(call.arguments.some((argument) => runsInPlace(unwrap(argument))) ? { givesInline: true } : {}),
    ...(awaited && loops.length > 0 && isAskedAbout(call, tables) ? { decides: true } : {}),
    ...place,
  };
}

function nameOf(callee: ts.Expression): string | undefined {
  const expression = unwrap(callee);
  return memberName(expression) ?? (ts.isIdentifier(expression) ? expression.text : undefined);
}

/** False for `console.log`, `Math.max`, `z.string().min`, which cost nothing to leave out at once. */
function mayBeDefinedHere(callee: ts.Expression, { scopes }: Tables): boolean {
  const root = rootIdentifier(callee);
  if (root) return scopes.lookup(root.text, root) !== undefined;
  return startsInCode(unwrap(callee));
}

function startsInCode(expression: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(expression)) return startsInCode(unwrap(expression.expression));
  if (ts.isNewExpression(expression)) return true;
  if (ts.isCallExpression(expression)) return expression.expression.kind === ts.SyntaxKind.ImportKeyword;
  return expression.kind === ts.SyntaxKind.ThisKeyword || expression.kind === ts.SyntaxKind.SuperKeyword;
}

/** True for what is, or may be resolved to be, a function that somebody here has written. */
function mayLeadToFunction(target: Value): boolean {
  switch (target.kind) {
    case 'function':
    case 'import':
    case 'call':
    case 'parameter':
      return true;
    case 'member':
      return holdsFunctions(target.object);
    case 'either':
      return target.options.some(mayLeadToFunction);
    default:
      return false;
  }
}

/** `transport.sendMail` of `const transport = createTransport(…)`, where a package has that. */
function isMadeByPackage(target: Value, tables: Tables, values: Values): boolean {
  const of = (value: Value) => isMadeByPackage(value, tables, values);
  if (target.kind === 'member') return of(target.object);
  if (target.kind === 'import') return !/^[.~#]|^@\//.test(target.module);
  if (target.kind !== 'call') return false;
  if (target.call === undefined) return of(target.callee);
  // `axios.create(…)` could have been a query, by its name.
  const maker = tables.calls[target.call];
  const isInstance = maker && ts.isCallExpression(maker) && memberName(unwrap(maker.expression)) === 'create';
  return isInstance === true && of(values.of(maker.expression));
}

function holdsFunctions(owner: Value): boolean {
  switch (owner.kind) {
    case 'this':
    case 'class':
    case 'import':
      return true;
    case 'new':
      return owner.callee.kind !== 'global';
    case 'instance':
      return !isBuiltIn(owner.type);
    case 'object':
      return owner.properties.length > 0;
    case 'parameter':
      return owner.type !== undefined && !isBuiltIn(owner.type);
    case 'member':
      return holdsFunctions(owner.object);
    case 'either':
      return owner.options.some(holdsFunctions);
    default:
      return false;
  }
}

/** `Date`, `Map<string, User>`, `User[]`; not `Awaited<…>` or `ReturnType<…>`, which stand for something else. */
function isBuiltIn(type: Value): boolean {
  if (type.kind === 'global') return true;
  return type.kind === 'call' && type.callee.kind === 'global' && !STANDS_FOR_OTHERS.has(type.callee.name);
}

const STANDS_FOR_OTHERS: ReadonlySet<string> = new Set(['Awaited', 'ReturnType', 'Promise', 'Readonly', 'typeof']);
