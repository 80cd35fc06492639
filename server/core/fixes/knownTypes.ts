import ts from 'typescript';
import { propertyName, unwrap } from '../syntax/typescript/nodes';
import type { Binding } from '../syntax/typescript/scopes';
import type { Tables } from '../syntax/typescript/tables';

/** What a value is, where the file itself shows that it is never null or undefined. */
export type KnownType =
  | { readonly kind: 'text' | 'integer' | 'number' | 'boolean' | 'date' }
  /** One of these texts, by its declaration. */
  | { readonly kind: 'texts'; readonly values: readonly string[] }
  /** A named type of which the file shows no more: an enum of the schema, perhaps. */
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'list' | 'set'; readonly element: KnownType; readonly frozen: boolean };

const MAX_DEPTH = 6;

/** Returns the type of an expression; undefined where the file does not show it, or it may be null or undefined. */
export function knownType(node: ts.Expression, tables: Tables, depth = 0): KnownType | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const expression = ts.isParenthesizedExpression(node) ? node.expression : node;
  if (ts.isStringLiteral(expression) || ts.isNoSubstitutionTemplateLiteral(expression))
    return { kind: 'texts', values: [expression.text] };
  if (ts.isTemplateExpression(expression)) return { kind: 'text' };
  if (ts.isNumericLiteral(expression)) return numberType(Number(expression.text));
  if (expression.kind === ts.SyntaxKind.TrueKeyword || expression.kind === ts.SyntaxKind.FalseKeyword)
    return { kind: 'boolean' };
  if (ts.isPrefixUnaryExpression(expression) && expression.operator === ts.SyntaxKind.MinusToken)
    return knownType(expression.operand, tables, depth + 1);
  if (ts.isBinaryExpression(expression)) return typeOfSum(expression, tables, depth);
  if (ts.isNewExpression(expression)) return typeOfNew(expression, tables, depth);
  if (ts.isCallExpression(expression)) return typeOfCall(expression, tables, depth);
  if (ts.isArrayLiteralExpression(expression)) return typeOfList(expression, tables, depth, false);
  if (ts.isAsExpression(expression) && expression.type.getText() === 'const') {
    const list = unwrap(expression);
    return ts.isArrayLiteralExpression(list)
      ? typeOfList(list, tables, depth, true)
      : knownType(list, tables, depth + 1);
  }
  if (ts.isPropertyAccessExpression(expression)) return typeOfMember(expression, tables, depth);
  if (!ts.isIdentifier(expression)) return undefined;
  const binding = tables.scopes.lookup(expression.text, expression);
  return binding && typeOfBinding(binding, tables, depth);
}

function numberType(value: number): KnownType {
  return { kind: Number.isSafeInteger(value) ? 'integer' : 'number' };
}

function isNumber(type: KnownType | undefined): boolean {
  return type?.kind === 'integer' || type?.kind === 'number';
}

function typeOfSum({ left, operatorToken, right }: ts.BinaryExpression, tables: Tables, depth: number) {
  const [a, b] = [knownType(left, tables, depth + 1), knownType(right, tables, depth + 1)];
  if (!isNumber(a) || !isNumber(b)) return undefined;
  const keeps = ['+', '-', '*'].includes(operatorToken.getText()) && a?.kind === 'integer' && b?.kind === 'integer';
  return ['+', '-', '*', '/'].includes(operatorToken.getText())
    ? ({ kind: keeps ? 'integer' : 'number' } as const)
    : undefined;
}

/** `new Date()`, `new Date(number)`: of a text, it may be no date at all. */
function typeOfNew(node: ts.NewExpression, tables: Tables, depth: number): KnownType | undefined {
  const [first, ...others] = node.arguments ?? [];
  const name = node.expression.getText();
  if (name === 'Set' && first && others.length === 0) {
    const list = knownType(first, tables, depth + 1);
    return list?.kind === 'list' ? { ...list, kind: 'set' } : undefined;
  }
  if (name !== 'Date') return undefined;
  const all = first ? [first, ...others] : [];
  if (all.length === 1 && first && knownType(first, tables, depth + 1)?.kind === 'date') return { kind: 'date' };
  return all.every((one) => isNumber(knownType(one, tables, depth + 1))) ? { kind: 'date' } : undefined;
}

function typeOfCall(call: ts.CallExpression, tables: Tables, depth: number): KnownType | undefined {
  const callee = call.expression;
  if (callee.getText() === 'Date.now') return { kind: 'integer' };
  if (!ts.isPropertyAccessExpression(callee) || callee.questionDotToken) return undefined;
  const isTime = callee.name.text === 'getTime' && knownType(callee.expression, tables, depth + 1)?.kind === 'date';
  return isTime ? { kind: 'integer' } : undefined;
}

function typeOfList(list: ts.ArrayLiteralExpression, tables: Tables, depth: number, frozen: boolean) {
  const types = list.elements.map((element) => knownType(element, tables, depth + 1));
  const known = types.flatMap((type) => type ?? []);
  const [first] = known;
  if (!first || known.length < types.length || known.some(({ kind }) => kind !== first.kind)) return undefined;
  const texts = known.flatMap((type) => (type.kind === 'texts' ? type.values : []));
  const element: KnownType = first.kind === 'texts' ? { kind: 'texts', values: texts } : first;
  return { kind: 'list', element, frozen } as const;
}

/** `input.city` of a parameter whose type is written out; `OrderStatus.PAID` is named by its owner. */
function typeOfMember(node: ts.PropertyAccessExpression, tables: Tables, depth: number): KnownType | undefined {
  if (!ts.isIdentifier(node.expression) || node.questionDotToken) return undefined;
  const binding = tables.scopes.lookup(node.expression.text, node.expression);
  const declaration = binding?.declaration;
  if (!declaration || (binding.memberWrites.length > 0 && binding.writes.length > 0)) return undefined;
  const isEnum = ts.isImportSpecifier(declaration) || ts.isEnumDeclaration(declaration);
  if (isEnum && /^[A-Z]/.test(node.expression.text)) return { kind: 'named', name: node.expression.text };
  if (!(ts.isParameter(declaration) || ts.isVariableDeclaration(declaration)) || !declaration.type) return undefined;
  const type = memberType(declaration.type, node.name.text, tables);
  return type && typeOfAnnotation(type, tables, depth + 1);
}

function memberType(type: ts.TypeNode, name: string, tables: Tables): ts.TypeNode | undefined {
  const members = ts.isTypeLiteralNode(type) ? type.members : declaredMembers(type, tables);
  const member = members?.find((one) => one.name && propertyName(one.name) === name);
  return member && ts.isPropertySignature(member) && !member.questionToken ? member.type : undefined;
}

function declaredMembers(type: ts.TypeNode, { scopes }: Tables): readonly ts.TypeElement[] | undefined {
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const declaration = scopes.lookup(type.typeName.text, type)?.declaration;
  if (declaration && ts.isInterfaceDeclaration(declaration)) return declaration.members;
  const alias = declaration && ts.isTypeAliasDeclaration(declaration) ? declaration.type : undefined;
  return alias && ts.isTypeLiteralNode(alias) ? alias.members : undefined;
}

function typeOfBinding({ declaration, writes }: Binding, tables: Tables, depth: number): KnownType | undefined {
  if (writes.length > 0) return undefined;
  if (ts.isBindingElement(declaration)) {
    const pattern = declaration.parent;
    const owner = pattern.parent;
    if (!ts.isObjectBindingPattern(pattern) || !ts.isParameter(owner) || !owner.type) return undefined;
    const name = propertyName(declaration.propertyName ?? declaration.name);
    const type = name === undefined || declaration.dotDotDotToken ? undefined : memberType(owner.type, name, tables);
    return type && typeOfAnnotation(type, tables, depth + 1);
  }
  if (!ts.isParameter(declaration) && !ts.isVariableDeclaration(declaration)) return undefined;
  if (declaration.type) {
    const isOptional = ts.isParameter(declaration) && (declaration.questionToken || declaration.dotDotDotToken);
    return isOptional ? undefined : typeOfAnnotation(declaration.type, tables, depth + 1);
  }
  const value = declaration.initializer && knownType(declaration.initializer, tables, depth + 1);
  // A default may be replaced by any other value of its kind.
  const isConstant = ts.isVariableDeclaration(declaration) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  return value?.kind === 'texts' && !isConstant ? { kind: 'text' } : value;
}

function typeOfAnnotation(type: ts.TypeNode, tables: Tables, depth: number): KnownType | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { kind: 'text' };
    case ts.SyntaxKind.NumberKeyword:
      return { kind: 'number' };
    case ts.SyntaxKind.BooleanKeyword:
      return { kind: 'boolean' };
  }
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal))
    return { kind: 'texts', values: [type.literal.text] };
  if (ts.isUnionTypeNode(type)) {
    const parts = type.types.map((part) => typeOfAnnotation(part, tables, depth + 1));
    const texts = parts.flatMap((part) => (part?.kind === 'texts' ? part.values : []));
    return texts.length === parts.length ? { kind: 'texts', values: texts } : undefined;
  }
  if (ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.ReadonlyKeyword) {
    const inner = typeOfAnnotation(type.type, tables, depth + 1);
    return inner?.kind === 'list' ? { ...inner, frozen: true } : undefined;
  }
  if (ts.isArrayTypeNode(type)) return listOf(type.elementType, 'list', false, tables, depth);
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const name = type.typeName.text;
  const [element] = type.typeArguments ?? [];
  if (name === 'Date') return { kind: 'date' };
  if (element && name === 'Array') return listOf(element, 'list', false, tables, depth);
  if (element && name === 'ReadonlyArray') return listOf(element, 'list', true, tables, depth);
  if (element && /^(?:Readonly)?Set$/.test(name)) return listOf(element, 'set', false, tables, depth);
  return element ? undefined : { kind: 'named', name };
}

function listOf(
  type: ts.TypeNode,
  kind: 'list' | 'set',
  frozen: boolean,
  tables: Tables,
  depth: number,
): KnownType | undefined {
  const element = typeOfAnnotation(type, tables, depth + 1);
  return element && { kind, element, frozen };
}
