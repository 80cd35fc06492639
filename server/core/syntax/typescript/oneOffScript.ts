import ts from 'typescript';
import { isFunctionNode } from './nodes';
import type { Tables } from './tables';

/** Names without which a process does not stay: it serves, listens, or waits for its turn or its end. */
const STAYS = ['listen', 'setInterval', 'schedule', 'cron', 'SIGTERM', 'SIGINT'];

/**
 * True for a script that is run by hand: it exports nothing, disconnects from the database when it is
 * through, and nothing in it waits for requests, messages or a time.
 */
export function isOneOffScript({ file, named }: Tables): boolean {
  if (!file.text.includes('$disconnect') || isModuleOfOthers(file)) return false;
  if (STAYS.some((name) => file.text.includes(name))) return false;
  return named('$disconnect').some((node) => !isInListener(node));
}

function isModuleOfOthers({ text, statements }: ts.SourceFile): boolean {
  return /\bmodule\.exports\b|\bexports\./.test(text) || statements.some(exportsSomething);
}

function exportsSomething(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  if (ts.isExportDeclaration(statement))
    return (
      statement.exportClause === undefined ||
      statement.moduleSpecifier !== undefined ||
      !ts.isNamedExports(statement.exportClause) ||
      statement.exportClause.elements.length > 0
    );
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** `process.on('beforeExit', () => prisma.$disconnect())`, a method that a framework calls. */
function isInListener(node: ts.Node): boolean {
  for (let current: ts.Node = node; current.parent; current = current.parent) {
    if (ts.isMethodDeclaration(current)) return true;
    const { parent } = current;
    if (!isFunctionNode(current) || !ts.isCallExpression(parent)) continue;
    if (
      ts.isPropertyAccessExpression(parent.expression) &&
      /^(?:on|once|addHook|addListener)$/.test(parent.expression.name.text)
    )
      return true;
  }
  return false;
}
