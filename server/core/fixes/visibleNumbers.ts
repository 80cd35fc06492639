import ts from 'typescript';
import {
  boundIdentifiers,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  unwrap,
} from '../syntax/typescript/nodes';

/** Something with a name that can be written where a query stands, and how surely it is a number. */
export interface VisibleName {
  /** The name that says what it is for: `pageSize` of `query.pageSize`. */
  readonly name: string;
  /** How to write it there. */
  readonly expression: string;
  /** `optional`: a number or `undefined`; `unknown`: the file does not say. */
  readonly type: 'number' | 'optional' | 'unknown';
}

/**
 * Returns the names that the functions around a node give it: parameters, their destructured names and
 * declared members, and the constants declared before it; the innermost function's first.
 */
export function visibleNames(node: ts.Node): VisibleName[] {
  const found: VisibleName[] = [];
  for (let fn = enclosingFunction(node); isFunctionNode(fn); fn = enclosingFunction(fn)) {
    found.push(...localsBefore(node, fn), ...fn.parameters.flatMap(namesOfParameter));
  }
  const hidden = namesDeclaredLater(node);
  const first = new Map<string, VisibleName>();
  for (const one of found) if (!first.has(one.expression)) first.set(one.expression, one);
  return [...first.values()].filter(({ expression }) => !hidden.has(expression.replace(/\..*/, '')));
}

/** What the blocks around a node declare, but not before it: there, such a name is no longer the one further out. */
function namesDeclaredLater(node: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (let block = node.parent; !ts.isSourceFile(block); block = block.parent) {
    const statements = ts.isBlock(block) ? block.statements : [];
    for (const statement of statements) {
      if (statement.end < node.getStart() || !ts.isVariableStatement(statement)) continue;
      for (const { name } of statement.declarationList.declarations) {
        for (const { text } of boundIdentifiers(name)) names.add(text);
      }
    }
  }
  return names;
}

function namesOfParameter(parameter: ts.ParameterDeclaration): VisibleName[] {
  const { name, type, initializer } = parameter;
  const members = type ? membersOf(type) : undefined;
  if (ts.isObjectBindingPattern(name)) return destructured(name, (key) => members?.get(key), !type);
  if (!ts.isIdentifier(name)) return [];
  const optional = parameter.questionToken !== undefined;
  if (members) {
    if (optional) return [];
    return [...members].map(([member, declared]) => ({
      name: member,
      expression: `${name.text}.${member}`,
      type: declared,
    }));
  }
  const declared = type ? typeOf(type, optional) : isNumber(initializer) ? 'number' : 'unknown';
  if (declared === undefined) return [];
  return [
    { name: name.text, expression: name.text, type: initializer && declared === 'optional' ? 'number' : declared },
  ];
}

/** `typeOfKey` is what the pattern's own type declares; a default makes an untyped name a number. */
function destructured(
  pattern: ts.ObjectBindingPattern,
  typeOfKey: (key: string) => VisibleName['type'] | undefined,
  defaultsDecide: boolean,
): VisibleName[] {
  return pattern.elements.flatMap(({ name, propertyName, initializer, dotDotDotToken }): VisibleName[] => {
    if (!ts.isIdentifier(name) || dotDotDotToken) return [];
    const key = propertyName && ts.isIdentifier(propertyName) ? propertyName.text : name.text;
    const declared = typeOfKey(key);
    const type = declared ?? (defaultsDecide && isNumber(initializer) ? 'number' : 'unknown');
    return [{ name: key, expression: name.text, type: initializer && type === 'optional' ? 'number' : type }];
  });
}

/** The `const`s of the function that stand before `node`, in blocks around it. */
function localsBefore(node: ts.Node, fn: FunctionNode): VisibleName[] {
  const found: VisibleName[] = [];
  for (let block: ts.Node = node.parent; block !== fn; block = block.parent) {
    if (!ts.isBlock(block)) continue;
    for (const statement of block.statements) {
      if (statement.end > node.getStart()) break;
      if (ts.isVariableStatement(statement))
        found.push(...statement.declarationList.declarations.flatMap(namesOfVariable));
    }
  }
  return found;
}

function namesOfVariable({ name, type, initializer }: ts.VariableDeclaration): VisibleName[] {
  const members = type && membersOf(type);
  // Defaults of what comes from outside don't decide: the value that is there may be a string.
  if (ts.isObjectBindingPattern(name)) return destructured(name, (key) => members?.get(key), false);
  if (!ts.isIdentifier(name) || members) return [];
  const declared = type ? typeOf(type, false) : isNumber(initializer) ? 'number' : 'unknown';
  return declared === undefined ? [] : [{ name: name.text, expression: name.text, type: declared }];
}

/** True for what is a number by its form: `20`, `Number(x) || 20`, `Math.min(…)`, `page * 10`. */
function isNumber(node: ts.Expression | undefined): boolean {
  if (!node) return false;
  const expression = unwrap(node);
  if (ts.isNumericLiteral(expression)) return true;
  if (ts.isCallExpression(expression))
    return /^(Math\.(min|max|floor|ceil|round|trunc|abs))$/.test(expression.expression.getText());
  if (!ts.isBinaryExpression(expression)) return false;
  const { left, right, operatorToken } = expression;
  switch (operatorToken.kind) {
    case ts.SyntaxKind.BarBarToken:
      return (isNumber(left) || converts(left)) && isNumber(right);
    case ts.SyntaxKind.QuestionQuestionToken:
      return isNumber(left) && isNumber(right);
    case ts.SyntaxKind.AsteriskToken:
    case ts.SyntaxKind.MinusToken:
      return true;
    default:
      return false;
  }
}

/** `Number(x)`, `parseInt(x, 10)`, `+x`: a number, or NaN, which is falsy. */
function converts(node: ts.Expression): boolean {
  const expression = unwrap(node);
  if (ts.isPrefixUnaryExpression(expression)) return expression.operator === ts.SyntaxKind.PlusToken;
  if (!ts.isCallExpression(expression)) return false;
  return /^(Number|parseInt|parseFloat|Number\.parseInt|Number\.parseFloat)$/.test(expression.expression.getText());
}

/** The members of an object type that is written here, or declared in this file; undefined for any other type. */
function membersOf(type: ts.TypeNode): Map<string, VisibleName['type']> | undefined {
  const members = declaredMembers(type);
  if (!members) return undefined;
  const found = new Map<string, VisibleName['type']>();
  for (const member of members) {
    if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name) || !member.type) continue;
    const declared = typeOf(member.type, member.questionToken !== undefined);
    if (declared) found.set(member.name.text, declared);
  }
  return found;
}

/** The members of a type that is written out, or declared in the same file; undefined for any other. */
export function declaredMembers(type: ts.TypeNode): ts.NodeArray<ts.TypeElement> | undefined {
  if (ts.isTypeLiteralNode(type)) return type.members;
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const name = type.typeName.text;
  for (const statement of type.getSourceFile().statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name) return statement.members;
    const isAlias = ts.isTypeAliasDeclaration(statement) && statement.name.text === name;
    if (isAlias && ts.isTypeLiteralNode(statement.type)) return statement.type.members;
  }
  return undefined;
}

/** `number`, `number | undefined`, a type that is not known here; undefined for one that is no number for sure. */
function typeOf(type: ts.TypeNode, optional: boolean): VisibleName['type'] | undefined {
  const parts = ts.isUnionTypeNode(type) ? type.types : [type];
  const isNothing = (part: ts.TypeNode) => part.kind === ts.SyntaxKind.UndefinedKeyword || part.getText() === 'null';
  const given = parts.filter((part) => !isNothing(part));
  if (given.every(({ kind }) => kind === ts.SyntaxKind.NumberKeyword)) {
    return optional || given.length < parts.length ? 'optional' : 'number';
  }
  const mayConvert = given.every(
    ({ kind }) => kind === ts.SyntaxKind.NumberKeyword || kind === ts.SyntaxKind.StringKeyword,
  );
  return mayConvert || type.kind === ts.SyntaxKind.AnyKeyword ? 'unknown' : undefined;
}
