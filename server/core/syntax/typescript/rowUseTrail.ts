import ts from 'typescript';
import { calledFunction } from './calledFunction';
import { type FunctionNode, isFunctionNode, memberName, propertyName, unwrap } from './nodes';
import { LIST_METHODS, type ListMethod } from './rowUseLists';
import { handsOver, heldBy, isDeclaredOutside, isNothing, isUse, onlyForgets } from './rowUseNodes';
import { ValueUse } from './rowUseTree';
import { noteNeededBy } from './rowUseTypes';
import type { Tables } from './tables';
import type { Values } from './values';

/** What a value is: a list of rows, one row (or none), or a property of a row, which may be anything. */
export type Level = 'list' | 'row' | 'either';

/**
 * Follows what a query gives through a file: names, destructuring, loops, callbacks, functions of the file.
 * Whatever it does not know counts as a use of the whole.
 */
export class RowTrail {
  readonly root = new ValueUse();
  /** Something asks how many rows there are. */
  counted = false;
  /** Types that the rows are given to and that can't be looked into. */
  readonly types = new Set<string>();
  private readonly followed = new Map<ts.Node, Set<ValueUse>>();

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
  ) {}

  /** Follows the value of an expression. */
  follow(expression: ts.Expression, use: ValueUse, level: Level): void {
    if (use.whole) return;
    const { child, parent } = heldBy(expression);
    if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
      if (parent.expression === child) this.member(parent, use, level);
      else use.whole = true;
    } else if (ts.isVariableDeclaration(parent)) this.variable(parent, use, level);
    else if (ts.isCallExpression(parent)) this.argument(parent, child, use, level);
    else if (ts.isBinaryExpression(parent)) this.operand(parent, child, use, level);
    else if (ts.isConditionalExpression(parent)) {
      if (parent.condition !== child) this.follow(parent, use, level);
    } else if (ts.isForOfStatement(parent) && parent.expression === child) this.loop(parent, use, level);
    else if (ts.isSpreadElement(parent) && ts.isArrayLiteralExpression(parent.parent)) {
      // `[...row]` is no row's.
      if (level === 'row') use.whole = true;
      else this.follow(parent.parent, use, 'list');
    } else if (!onlyForgets(parent, child)) use.whole = true;
  }

  /** Follows the value that a name or pattern is given where it is declared. */
  bind(name: ts.BindingName, use: ValueUse, level: Level): void {
    if (ts.isIdentifier(name)) this.name(name, use, level);
    else if (ts.isObjectBindingPattern(name)) {
      if (level === 'list') use.whole = true;
      else for (const element of name.elements) this.boundProperty(element, use);
    } else if (level === 'row') use.whole = true;
    else {
      for (const element of name.elements) {
        if (ts.isBindingElement(element)) this.bind(element.name, use, element.dotDotDotToken ? 'list' : 'row');
      }
    }
  }

  private boundProperty({ dotDotDotToken, propertyName: from, name }: ts.BindingElement, use: ValueUse): void {
    const key = dotDotDotToken ? undefined : propertyName(from ?? name);
    if (key === undefined) use.whole = true;
    else this.bind(name, use.property(key), 'either');
  }

  private name(identifier: ts.Identifier, use: ValueUse, level: Level): void {
    const { scopes, named, file } = this.tables;
    const { text } = identifier;
    const binding = scopes.lookup(text, identifier);
    if (!binding || isDeclaredOutside(binding.declaration) || file.text.includes(`typeof ${text}`)) {
      use.whole = true;
      return;
    }
    // The name may hold something else at times: then its type is not this value's alone.
    const others = binding.writes.filter((write) => write !== identifier && !isNothing(write));
    if (others.length > 0) use.whole = true;
    const known = this.followed.get(binding.declaration) ?? new Set<ValueUse>();
    if (use.whole || known.has(use)) return;
    this.followed.set(binding.declaration, known.add(use));
    for (const node of named(text)) {
      if (node !== identifier && isUse(node) && scopes.lookup(text, node) === binding) this.follow(node, use, level);
    }
  }

  private variable(declaration: ts.VariableDeclaration, use: ValueUse, level: Level): void {
    if (declaration.type) this.given(declaration.type, use);
    this.bind(declaration.name, use, level);
  }

  private given(type: ts.TypeNode, use: ValueUse): void {
    for (const unseen of noteNeededBy(type, use, this.tables)) this.types.add(unseen);
  }

  private loop({ initializer }: ts.ForOfStatement, use: ValueUse, level: Level): void {
    const [declaration] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
    if (declaration && level !== 'row') this.bind(declaration.name, use, 'row');
    else use.whole = true;
  }

  private operand(operation: ts.BinaryExpression, child: ts.Node, use: ValueUse, level: Level): void {
    const { left, right, operatorToken } = operation;
    switch (operatorToken.kind) {
      case ts.SyntaxKind.EqualsToken:
        if (child === right) this.assigned(operation, use, level);
        return;
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.CommaToken:
        if (child === right) this.follow(operation, use, level);
        return;
      case ts.SyntaxKind.BarBarToken:
      case ts.SyntaxKind.QuestionQuestionToken:
        this.follow(operation, use, level);
        return;
      case ts.SyntaxKind.EqualsEqualsToken:
      case ts.SyntaxKind.EqualsEqualsEqualsToken:
      case ts.SyntaxKind.ExclamationEqualsToken:
      case ts.SyntaxKind.ExclamationEqualsEqualsToken:
        if (!isNothing(child === left ? right : left)) use.whole = true;
        return;
      default:
        use.whole = true;
    }
  }

  /** `user = await …` of a `let user;` that nothing else is written to. */
  private assigned(operation: ts.BinaryExpression, use: ValueUse, level: Level): void {
    const target = operation.left;
    const declaration = ts.isIdentifier(target)
      ? this.tables.scopes.lookup(target.text, target)?.declaration
      : undefined;
    const isFresh =
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      (!declaration.initializer || isNothing(declaration.initializer)) &&
      ts.isExpressionStatement(operation.parent);
    if (!isFresh || !ts.isIdentifier(target)) {
      use.whole = true;
      return;
    }
    if (declaration.type) this.given(declaration.type, use);
    this.name(target, use, level);
  }

  private member(access: ts.PropertyAccessExpression | ts.ElementAccessExpression, use: ValueUse, level: Level): void {
    const name = memberName(access);
    const { child, parent } = heldBy(access);
    const call = ts.isCallExpression(parent) && parent.expression === child ? parent : undefined;
    if (name === undefined) {
      const index = (access as ts.ElementAccessExpression).argumentExpression;
      if (level === 'list' || (level === 'either' && ts.isNumericLiteral(index))) this.follow(access, use, 'row');
      else use.whole = true;
      return;
    }
    const method = LIST_METHODS.get(name);
    if (call && PROMISE.has(name)) this.settled(name, call, use, level);
    else if (call && method && level !== 'row') this.listMethod(method, call, use);
    else if (call) use.whole = true;
    else if (level !== 'list') this.follow(access, use.property(name), 'either');
    else if (name !== 'length') use.whole = true;
    else if (use === this.root) this.counted = true;
    else use.property(name);
  }

  /** `.then((rows) => …)`; what `.catch` gives instead is no row. */
  private settled(name: string, call: ts.CallExpression, use: ValueUse, level: Level): void {
    if (name === 'then') this.callback(call.arguments[0], [0], use, level);
    else this.follow(call, use, level);
  }

  private listMethod({ takes, most, gives }: ListMethod, call: ts.CallExpression, use: ValueUse): void {
    if (takes) this.callback(call.arguments[0], takes, use, 'row', most);
    if (gives === 'entries') {
      const { parent } = heldBy(call);
      const [declaration] =
        ts.isForOfStatement(parent) && ts.isVariableDeclarationList(parent.initializer)
          ? parent.initializer.declarations
          : [];
      const pair = declaration && ts.isArrayBindingPattern(declaration.name) ? declaration.name.elements : undefined;
      const row = pair?.[1];
      if (!pair) use.whole = true;
      else if (row && ts.isBindingElement(row)) this.bind(row.name, use, 'row');
    } else if (gives) this.follow(call, use, gives);
  }

  /** Follows what an inline callback, or a function of this file, takes at some positions. */
  private callback(
    given: ts.Expression | undefined,
    positions: readonly number[],
    use: ValueUse,
    level: Level,
    most = 9,
  ): void {
    const callback = given && unwrap(given);
    if (callback && ts.isIdentifier(callback) && callback.text === 'Boolean') return;
    const called = callback && isFunctionNode(callback) ? callback : this.functionNamed(callback);
    if (!called || called.parameters.length > most || (called.type && ts.isTypePredicateNode(called.type))) {
      use.whole = true;
      return;
    }
    for (const position of positions) this.parameter(called, position, use, level);
  }

  private functionNamed(callback: ts.Expression | undefined): FunctionNode | undefined {
    if (!callback || !ts.isIdentifier(callback)) return undefined;
    const value = this.values.of(callback);
    const found = value.kind === 'function' ? this.tables.functions[value.function] : undefined;
    return found && !ts.isSourceFile(found) ? found : undefined;
  }

  private argument(call: ts.CallExpression, child: ts.Expression, use: ValueUse, level: Level): void {
    const position = call.arguments.indexOf(child);
    if (position < 0 || call.arguments.slice(0, position).some(ts.isSpreadElement)) use.whole = true;
    else if (!handsOver(call, position)) return;
    else {
      const called = calledFunction(call, this.tables, this.values);
      if (called && !isOverridable(called)) this.parameter(called, position, use, level);
      else use.whole = true;
    }
  }

  private parameter(called: FunctionNode, position: number, use: ValueUse, level: Level): void {
    const parameter = called.parameters[position];
    if (this.tables.named('arguments').length > 0 || parameter?.dotDotDotToken) use.whole = true;
    if (!parameter || use.whole) return;
    if (parameter.type) this.given(parameter.type, use);
    this.bind(parameter.name, use, level);
  }
}

const PROMISE: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** A method that another class may replace by its own. */
function isOverridable(called: FunctionNode): boolean {
  if (!ts.isMethodDeclaration(called) || ts.isPrivateIdentifier(called.name)) return false;
  return called.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) !== true;
}
