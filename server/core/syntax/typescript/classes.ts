import ts from 'typescript';
import type { ClassFact, Value } from './facts';
import { propertyName, rangeOf } from './nodes';
import type { Tables } from './tables';
import { accessed } from './valueSources';
import type { Values } from './values';

type Member = ClassFact['members'][number];

/** Reads the facts of the classes, in the tables' order. */
export function readClasses(tables: Tables, values: Values): ClassFact[] {
  return tables.classes.map((node) => {
    const base = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    return {
      ...(base ? { extends: values.of(base.expression) } : {}),
      members: node.members.flatMap((member) => readMember(member, tables, values)),
    };
  });
}

function readMember(member: ts.ClassElement, tables: Tables, values: Values): Member[] {
  if (ts.isConstructorDeclaration(member)) return constructorMembers(member, values);
  const name = member.name && propertyName(member.name);
  if (name === undefined) return [];
  if (ts.isPropertyDeclaration(member)) {
    const value = declaredValue(member, values);
    return value ? [{ name, value }] : [];
  }
  const fn = tables.functionIndex.get(member);
  if (fn === undefined || ts.isSetAccessorDeclaration(member)) return [];
  return [{ name, value: accessed({ kind: 'function', function: fn, range: rangeOf(member) }, member) }];
}

/** What a property or a parameter property holds: by its initializer, else by its type. */
function declaredValue(node: ts.PropertyDeclaration | ts.ParameterDeclaration, values: Values): Value | undefined {
  if (node.initializer) {
    const value = values.of(node.initializer);
    if (value.kind !== 'unknown') return value;
  }
  return node.type ? values.ofType(node.type) : undefined;
}

function constructorMembers(node: ts.ConstructorDeclaration, values: Values): Member[] {
  const members: Member[] = [];
  for (const parameter of node.parameters) {
    if (!parameter.modifiers?.length || !ts.isIdentifier(parameter.name)) continue;
    const value = declaredValue(parameter, values);
    if (value) members.push({ name: parameter.name.text, value });
  }
  for (const statement of node.body?.statements ?? []) {
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
    const { left, right, operatorToken } = statement.expression;
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) continue;
    if (left.expression.kind !== ts.SyntaxKind.ThisKeyword) continue;
    members.push({ name: left.name.text, value: values.of(right) });
  }
  return members;
}
