import ts from 'typescript';
import type { ValueUse } from './rowUseTree';
import type { Tables } from './tables';

/** How many names may stand for a type in turn. */
const MAX_DEPTH = 4;
const LISTS: ReadonlySet<string> = new Set(['Array', 'ReadonlyArray', 'NonNullable', 'Readonly']);
const SAYS_NOTHING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AnyKeyword,
  ts.SyntaxKind.UnknownKeyword,
  ts.SyntaxKind.ObjectKeyword,
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.UndefinedKeyword,
]);

/**
 * Notes what a declared type asks of the value that is given to it: the properties that it names, where it is
 * written in this file. Returns the types that it can't look into, as written.
 */
export function noteNeededBy(type: ts.TypeNode, use: ValueUse, tables: Tables, depth = 0): string[] {
  const unseen = [type.getText()];
  const all = (types: readonly ts.TypeNode[]) => types.flatMap((one) => noteNeededBy(one, use, tables, depth));
  if (depth > MAX_DEPTH) return unseen;
  if (ts.isLiteralTypeNode(type)) return SAYS_NOTHING.has(type.literal.kind) ? [] : unseen;
  if (SAYS_NOTHING.has(type.kind)) return [];
  if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type)) return all([type.type]);
  if (ts.isArrayTypeNode(type)) return all([type.elementType]);
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) return all(type.types);
  if (ts.isTypeLiteralNode(type)) return noteMembers(type.members, use) ? [] : unseen;
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return unseen;
  const name = type.typeName.text;
  const [first, second] = type.typeArguments ?? [];
  if (first && LISTS.has(name)) return all([first]);
  if (name === 'Pick' && second) return noteNames(second, use) ? [] : unseen;
  const declared = first ? undefined : tables.scopes.lookup(name, type)?.declaration;
  if (!declared) return unseen;
  if (ts.isTypeAliasDeclaration(declared) && !declared.typeParameters) {
    return noteNeededBy(declared.type, use, tables, depth + 1);
  }
  const isPlain = ts.isInterfaceDeclaration(declared) && !declared.heritageClauses && !declared.typeParameters;
  return isPlain && noteMembers(declared.members, use) ? [] : unseen;
}

/** A property that may be absent is not needed; one that is named counts as read to its depth. */
function noteMembers(members: readonly ts.TypeElement[], use: ValueUse): boolean {
  return members.every((member) => {
    if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name)) return false;
    if (!member.questionToken) use.property(member.name.text).whole = true;
    return true;
  });
}

/** `'id' | 'name'` */
function noteNames(type: ts.TypeNode, use: ValueUse): boolean {
  const names = ts.isUnionTypeNode(type) ? type.types : [type];
  return names.every((name) => {
    if (!ts.isLiteralTypeNode(name) || !ts.isStringLiteral(name.literal)) return false;
    use.property(name.literal.text).whole = true;
    return true;
  });
}
