import ts from 'typescript';
import type { EitherWriteFact } from './eitherWriteFacts';
import { readKeyFields } from './eitherWriteKeys';
import { enclosingFunction, isFunctionNode, isReference, isWithin, memberName } from './nodes';
import { literalObject } from './sameExpression';
import type { Binding } from './scopes';
import type { CallNode, Tables } from './tables';
import { readArm, sameArms, type WriteArm } from './writeArms';

/** A find whose row decides between an update and a create, and is used for nothing else. */
export interface EitherWrite {
  readonly find: ts.CallExpression;
  readonly found: WriteArm;
  readonly missing: WriteArm;
  /** What asks whether there is a row. */
  readonly choice: ts.IfStatement | ts.ConditionalExpression;
  /** The statements behind an `if` without `else` that do what its `else` would. */
  readonly rest: readonly ts.Statement[];
  /** Where the row, or that there is one, gets a name. */
  readonly declaration?: ts.VariableDeclaration;
  /** That name is given the written row, and goes on to be used. */
  readonly keepsName: boolean;
}

/** What is asked about a row, and where. */
interface Question {
  readonly choice: ts.IfStatement | ts.ConditionalExpression;
  /** `if (row)`; not `if (!row)`. */
  readonly positive: boolean;
  readonly binding?: Binding;
}

/** Reads what a find decides between; undefined for any other call, and where its row is of further use. */
export function readEitherWrite(find: CallNode, tables: Tables): EitherWrite | undefined {
  if (!ts.isCallExpression(find)) return undefined;
  const name = memberName(find.expression);
  if (name !== 'findUnique' && name !== 'findFirst') return undefined;
  if (tables.named('update').length === 0 || tables.named('create').length === 0) return undefined;
  const awaited = find.parent;
  if (!ts.isAwaitExpression(awaited)) return undefined;
  const question = questionOf(awaited, tables);
  const arms = question && armsOf(question.choice);
  if (!question || !arms) return undefined;
  const [found, missing] = question.positive ? [arms.yes, arms.no] : [arms.no, arms.yes];
  if (memberName(found.write.expression) !== 'update' || memberName(missing.write.expression) !== 'create') {
    return undefined;
  }
  const { binding, choice } = question;
  if (!sameArms(found, missing)) return undefined;
  const declaration = binding && ts.isVariableDeclaration(binding.declaration) ? binding.declaration : undefined;
  if (declaration && !isSettledBefore(declaration, choice)) return undefined;
  const site = { find, found, missing, choice, rest: arms.rest, ...(declaration ? { declaration } : {}) };
  if (!binding) return { ...site, keepsName: false };
  const keepsName = found.target !== undefined && namesBinding(found.target, binding, tables);
  return isUsedOtherwise(binding, site, keepsName, tables) ? undefined : { ...site, keepsName };
}

/** The fact of a find that decides between two writes. */
export function readEitherWriteFact(call: CallNode, tables: Tables): EitherWriteFact | undefined {
  const site = readEitherWrite(call, tables);
  const found = site && tables.callIndex.get(site.found.write);
  const missing = site && tables.callIndex.get(site.missing.write);
  if (!site || found === undefined || missing === undefined || expectsClash(site.choice)) return undefined;
  const keys = readKeyFields(site, tables);
  return keys && { found, missing, ...keys };
}

/** Where it is asked whether the awaited row is there: at once, or by way of a name. */
function questionOf(awaited: ts.AwaitExpression, tables: Tables): Question | undefined {
  const { top, positive } = testAround(awaited);
  const choice = choiceBy(top);
  if (choice) return { choice, positive };
  const { parent } = top;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== top || !ts.isIdentifier(parent.name))
    return undefined;
  const binding = tables.scopes.lookup(parent.name.text, parent);
  if (!binding) return undefined;
  const asked = usesOf(binding, tables).flatMap((use) => {
    const test = testAround(use);
    const byName = choiceBy(test.top);
    return byName ? [{ choice: byName, positive: test.positive === positive, binding }] : [];
  });
  return asked.length === 1 ? asked[0] : undefined;
}

/** The whole test around an expression, `!row`, `row !== null`, `Boolean(row)`, and whether it asks for a row that is there. */
function testAround(node: ts.Expression): { readonly top: ts.Expression; readonly positive: boolean } {
  let top = node;
  let positive = true;
  for (;;) {
    const { parent } = top;
    if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent)) {
      top = parent;
    } else if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) {
      top = parent;
      positive = !positive;
    } else if (ts.isBinaryExpression(parent) && comparesWithNothing(parent, top)) {
      top = parent;
      if (EQUALS.has(parent.operatorToken.kind)) positive = !positive;
    } else if (ts.isCallExpression(parent) && parent.expression.getText() === 'Boolean') {
      top = parent;
    } else return { top, positive };
  }
}

const EQUALS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
]);
const DIFFERS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

function comparesWithNothing({ left, right, operatorToken: { kind } }: ts.BinaryExpression, side: ts.Node): boolean {
  if (!EQUALS.has(kind) && !DIFFERS.has(kind)) return false;
  const other = left === side ? right : left;
  return other.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(other) && other.text === 'undefined');
}

function choiceBy(test: ts.Expression): Question['choice'] | undefined {
  const { parent } = test;
  if (ts.isIfStatement(parent)) return parent.expression === test ? parent : undefined;
  return ts.isConditionalExpression(parent) && parent.condition === test ? parent : undefined;
}

function armsOf(
  choice: Question['choice'],
): { readonly yes: WriteArm; readonly no: WriteArm; readonly rest: readonly ts.Statement[] } | undefined {
  if (ts.isConditionalExpression(choice)) {
    const yes = readArm([choice.whenTrue]);
    const no = readArm([choice.whenFalse]);
    return yes && no ? { yes, no, rest: [] } : undefined;
  }
  const yes = readArm(statementsOf(choice.thenStatement));
  if (!yes) return undefined;
  if (choice.elseStatement) {
    const no = readArm(statementsOf(choice.elseStatement));
    return no && { yes, no, rest: [] };
  }
  if (!yes.leaves || !ts.isBlock(choice.parent)) return undefined;
  const rest = choice.parent.statements.slice(choice.parent.statements.indexOf(choice) + 1);
  const no = readArm(rest);
  // Without a result, what comes behind ends as the `return` does only at the end of the function.
  if (!no || (yes.kind === 'done' && !isFunctionNode(choice.parent.parent))) return undefined;
  return { yes, no: { ...no, leaves: true }, rest };
}

function statementsOf(arm: ts.Statement): readonly ts.Statement[] {
  return ts.isBlock(arm) ? arm.statements : [arm];
}

/** True if nothing is awaited between the find and the choice, both in one block: nothing happens there that the writes could see. */
function isSettledBefore(declaration: ts.VariableDeclaration, choice: Question['choice']): boolean {
  const list = declaration.parent;
  const statement = list.parent;
  if (!ts.isVariableStatement(statement) || !ts.isVariableDeclarationList(list) || list.declarations.length > 1) {
    return false;
  }
  const { parent: block } = statement;
  if (!ts.isBlock(block) && !ts.isSourceFile(block) && !ts.isCaseOrDefaultClause(block)) return false;
  const inBlock = (node: ts.Node): ts.Node | undefined =>
    node.parent === block ? node : isFunctionNode(node) || ts.isSourceFile(node) ? undefined : inBlock(node.parent);
  const asking = inBlock(choice);
  const { statements } = block;
  if (!asking || (ts.isIfStatement(choice) && asking !== choice)) return false;
  const between = statements.filter((one) => one.pos >= statement.end && one.end <= asking.pos);
  return !between.some(awaitsSomething);
}

function awaitsSomething(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
  return ts.forEachChild(node, (child) => awaitsSomething(child) || undefined) ?? false;
}

function namesBinding(target: ts.Expression, binding: Binding, tables: Tables): boolean {
  return ts.isIdentifier(target) && tables.scopes.lookup(target.text, target) === binding;
}

function usesOf(binding: Binding, { named, scopes }: Tables): readonly ts.Identifier[] {
  const { name, declaration } = binding;
  const isDeclared = (use: ts.Identifier) => ts.isVariableDeclaration(declaration) && declaration.name === use;
  return named(name).filter((use) => !isDeclared(use) && isReference(use) && scopes.lookup(name, use) === binding);
}

/** True if the row is read anywhere but in the question, and in naming the row to update. */
function isUsedOtherwise(
  binding: Binding,
  { choice, found, missing }: Pick<EitherWrite, 'choice' | 'found' | 'missing'>,
  keepsName: boolean,
  tables: Tables,
): boolean {
  const condition = ts.isIfStatement(choice) ? choice.expression : choice.condition;
  const [argument] = found.write.arguments;
  const options = argument && literalObject(argument, tables);
  const where = options?.properties.find(({ name }) => name && ts.isIdentifier(name) && name.text === 'where');
  if (!keepsName && binding.writes.length > 0) return true;
  if (binding.memberWrites.length + binding.mutations.length > 0 && !keepsName) return true;
  return usesOf(binding, tables).some((use) => {
    if (isWithin(use, condition)) return false;
    if (where && isWithin(use, where)) return !isMemberRead(use);
    if (!keepsName) return true;
    if (use === found.target || use === missing.target) return false;
    return use.pos < choice.end || enclosingFunction(use) !== enclosingFunction(choice);
  });
}

/** `row.id`, `row!.id` */
function isMemberRead(use: ts.Identifier): boolean {
  const outer = ts.isNonNullExpression(use.parent) ? use.parent : use;
  return ts.isPropertyAccessExpression(outer.parent) && outer.parent.expression === outer;
}

/** A handler of a unique constraint's failure around it: its author has thought of two at once. */
function expectsClash(choice: ts.Node): boolean {
  for (let node = choice; !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    if (!ts.isTryStatement(parent) || parent.tryBlock !== node || !parent.catchClause) continue;
    if (/P2002|unique|duplicate|conflict/i.test(parent.catchClause.block.getText())) return true;
  }
  return false;
}
