import ts from 'typescript';
import { type FunctionNode, rangeOf } from '../nodes';
import type { DirectiveFact } from '../routeFacts';
import type { Tables } from '../tables';

/** Reads which functions, or the file as a whole, run on a server or in a browser by their first statement. */
export function readServerDirectives({ file, functions }: Tables): DirectiveFact[] {
  return functions.flatMap((node, index): DirectiveFact[] => {
    const [first] = statementsOf(node);
    if (!first || !ts.isExpressionStatement(first) || !ts.isStringLiteral(first.expression)) return [];
    const { text } = first.expression;
    if (text !== 'use server' && text !== 'use client') return [];
    const named = ts.isSourceFile(node) ? undefined : nameOf(node);
    return [{ kind: 'directive', directive: text, function: index, range: rangeOf(named ?? first.expression, file) }];
  });
}

function statementsOf(node: FunctionNode | ts.SourceFile): readonly ts.Statement[] {
  if (ts.isSourceFile(node)) return node.statements;
  return node.body && ts.isBlock(node.body) ? node.body.statements : [];
}

function nameOf(node: FunctionNode): ts.Node | undefined {
  if (node.name) return node.name;
  return ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined;
}
