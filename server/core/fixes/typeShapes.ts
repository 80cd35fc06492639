import ts from 'typescript';
import type { Model } from '../model/schemas/schema';
import { importedModule } from '../syntax/typescript/importedModule';
import { propertyName } from '../syntax/typescript/nodes';
import type { Tables } from '../syntax/typescript/tables';

/** What the code says of a value's type, as far as one file tells. */
export type Shape =
  /** A string, a number and their kind: never null or undefined. */
  | { readonly kind: 'scalar' }
  /** A row of a model, perhaps with relations. */
  | { readonly kind: 'row'; readonly model: Model }
  | { readonly kind: 'object'; readonly members: readonly ts.TypeElement[] }
  | { readonly kind: 'list'; readonly element: Shape; readonly form: ListForm }
  | { readonly kind: 'optional'; readonly of: Shape; readonly nulls: boolean; readonly undefineds: boolean }
  | { readonly kind: 'unknown' };

/** `array` may be handed to whoever wants an array; the others are copied for that. `once`: it can be gone through once. */
export type ListForm = 'array' | 'readonly' | 'set' | 'once';

/** What shapes are read from. */
export interface ShapeContext {
  readonly tables: Tables;
  readonly models: ReadonlyMap<string, Model>;
}

export const SCALAR: Shape = { kind: 'scalar' };
export const UNKNOWN: Shape = { kind: 'unknown' };

const FORMS: Readonly<Record<string, ListForm>> = {
  Array: 'array',
  ReadonlyArray: 'readonly',
  Set: 'set',
  ReadonlySet: 'set',
  Iterable: 'once',
  Iterator: 'once',
  IterableIterator: 'once',
  Generator: 'once',
};
const SCALAR_KEYWORDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.StringKeyword,
  ts.SyntaxKind.NumberKeyword,
  ts.SyntaxKind.BigIntKeyword,
  ts.SyntaxKind.BooleanKeyword,
  ts.SyntaxKind.TemplateLiteralType,
]);
const MAX_DEPTH = 8;

/** Reads a type annotation; aliases and interfaces of the file are followed, a model's type from a Prisma client is its row. */
export function shapeOfType(node: ts.TypeNode, context: ShapeContext, depth = 0): Shape {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const inner = (type: ts.TypeNode): Shape => shapeOfType(type, context, depth + 1);
  if (SCALAR_KEYWORDS.has(node.kind)) return SCALAR;
  if (node.kind === ts.SyntaxKind.UndefinedKeyword) return optional(UNKNOWN, { nulls: false, undefineds: true });
  if (ts.isLiteralTypeNode(node)) {
    const isNull = node.literal.kind === ts.SyntaxKind.NullKeyword;
    return isNull ? optional(UNKNOWN, { nulls: true, undefineds: false }) : SCALAR;
  }
  if (ts.isParenthesizedTypeNode(node)) return inner(node.type);
  if (ts.isArrayTypeNode(node)) return { kind: 'list', element: inner(node.elementType), form: 'array' };
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) {
    const list = inner(node.type);
    return list.kind === 'list' ? { ...list, form: 'readonly' } : list;
  }
  if (ts.isTupleTypeNode(node)) {
    const members = node.elements.map((member) => shapeOfTupleMember(member, inner));
    return { kind: 'list', element: members.length === 0 ? UNKNOWN : members.reduce(either), form: 'array' };
  }
  if (ts.isUnionTypeNode(node)) return node.types.map(inner).reduce(either);
  if (ts.isTypeLiteralNode(node)) return { kind: 'object', members: [...node.members] };
  if (ts.isIntersectionTypeNode(node)) return node.types.map(inner).reduce(both);
  if (ts.isIndexedAccessTypeNode(node) && ts.isLiteralTypeNode(node.indexType)) {
    const { literal } = node.indexType;
    return ts.isStringLiteral(literal) ? memberOf(inner(node.objectType), literal.text, context, depth + 1) : UNKNOWN;
  }
  return ts.isTypeReferenceNode(node) ? shapeOfReference(node, context, depth) : UNKNOWN;
}

function shapeOfTupleMember(member: ts.TypeNode | ts.NamedTupleMember, inner: (type: ts.TypeNode) => Shape): Shape {
  const isNamed = ts.isNamedTupleMember(member);
  if (ts.isRestTypeNode(member) || (isNamed && member.dotDotDotToken)) {
    const list = inner(member.type);
    return list.kind === 'list' ? list.element : UNKNOWN;
  }
  const isLeftOut = ts.isOptionalTypeNode(member) || (isNamed && member.questionToken !== undefined);
  const shape = inner(isNamed || ts.isOptionalTypeNode(member) ? member.type : member);
  return isLeftOut ? optional(shape, { nulls: false, undefineds: true }) : shape;
}

function shapeOfReference(node: ts.TypeReferenceNode, context: ShapeContext, depth: number): Shape {
  const [argument] = node.typeArguments ?? [];
  const inner = (type: ts.TypeNode): Shape => shapeOfType(type, context, depth + 1);
  if (!ts.isIdentifier(node.typeName)) {
    // `Prisma.UserGetPayload<…>`
    const model = /^(\w+)GetPayload$/.exec(node.typeName.right.text)?.[1];
    const row = model === undefined ? undefined : context.models.get(model);
    return row ? { kind: 'row', model: row } : UNKNOWN;
  }
  const name = node.typeName.text;
  const declaration = context.tables.scopes.lookup(name, node)?.declaration;
  if (!declaration) {
    const form = FORMS[name];
    if (form) return { kind: 'list', element: argument ? inner(argument) : UNKNOWN, form };
    if (argument && /^(Promise|Awaited|Readonly|NonNullable|Pick|Omit|Required)$/.test(name)) {
      return name === 'NonNullable' ? present(inner(argument)) : inner(argument);
    }
    return UNKNOWN;
  }
  if (ts.isTypeAliasDeclaration(declaration)) return declaration.typeParameters ? UNKNOWN : inner(declaration.type);
  if (ts.isInterfaceDeclaration(declaration)) {
    return { kind: 'object', members: [...declaration.members] };
  }
  if (ts.isEnumDeclaration(declaration)) return SCALAR;
  const from = importedModule(declaration);
  const row = from !== undefined && /prisma/i.test(from) ? context.models.get(name) : undefined;
  return row ? { kind: 'row', model: row } : UNKNOWN;
}

/** The shape of what a value holds under a name. */
export function memberOf(owner: Shape, name: string, context: ShapeContext, depth = 0): Shape {
  if (owner.kind === 'optional') return { ...owner, of: memberOf(owner.of, name, context, depth) };
  if (owner.kind === 'list') return name === 'length' || name === 'size' ? SCALAR : UNKNOWN;
  if (owner.kind === 'row') return shapeOfField(owner.model, name, context);
  if (owner.kind !== 'object') return UNKNOWN;
  const member = owner.members.find((one) => one.name && propertyName(one.name) === name);
  if (!member || !ts.isPropertySignature(member) || !member.type) return UNKNOWN;
  const shape = shapeOfType(member.type, context, depth + 1);
  return member.questionToken ? optional(shape, { nulls: false, undefineds: true }) : shape;
}

function shapeOfField(model: Model, name: string, { models }: ShapeContext): Shape {
  const field = model.fields.get(name);
  if (!field || field.kind === 'composite') return UNKNOWN;
  const related = field.relation && models.get(field.relation.model);
  const one: Shape = related ? { kind: 'row', model: related } : SCALAR;
  if (field.fact.list) return { kind: 'list', element: one, form: 'array' };
  return field.fact.optional ? optional(one, { nulls: true, undefineds: false }) : one;
}

/** The shape of `a | b`. */
export function either(a: Shape, b: Shape): Shape {
  if (a.kind === 'optional' || b.kind === 'optional') {
    const isOptional = (shape: Shape, key: 'nulls' | 'undefineds') => shape.kind === 'optional' && shape[key];
    const nulls = isOptional(a, 'nulls') || isOptional(b, 'nulls');
    const undefineds = isOptional(a, 'undefineds') || isOptional(b, 'undefineds');
    const [one, other] = [present(a), present(b)];
    const of =
      a.kind === 'optional' && one.kind === 'unknown'
        ? other
        : b.kind === 'optional' && other.kind === 'unknown'
          ? one
          : either(one, other);
    return optional(of, { nulls, undefineds });
  }
  if (a.kind === 'scalar' && b.kind === 'scalar') return SCALAR;
  if (a.kind === 'object' && b.kind === 'object') return isWrittenAlike(a.members, b.members) ? a : UNKNOWN;
  return a.kind === 'list' && b.kind === 'list' && a.form === b.form
    ? { ...a, element: either(a.element, b.element) }
    : UNKNOWN;
}

function isWrittenAlike(a: readonly ts.TypeElement[], b: readonly ts.TypeElement[]): boolean {
  return a.length === b.length && a.every((member, index) => member.getText() === b[index]?.getText());
}

function both(a: Shape, b: Shape): Shape {
  if (a.kind === 'object' && b.kind === 'object') return { kind: 'object', members: [...a.members, ...b.members] };
  return UNKNOWN;
}

/** The shape without null and undefined. */
export function present(shape: Shape): Shape {
  return shape.kind === 'optional' ? present(shape.of) : shape;
}

/** The shape of a value that may be missing. */
export function optional(of: Shape, missing: { readonly nulls: boolean; readonly undefineds: boolean }): Shape {
  return of.kind === 'optional'
    ? { ...of, nulls: of.nulls || missing.nulls, undefineds: of.undefineds || missing.undefineds }
    : { kind: 'optional', of, ...missing };
}
