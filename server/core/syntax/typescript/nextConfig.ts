import ts from 'typescript';
import type { Range } from '../../text/range';
import { isFunctionNode } from './nodes';
import type { Tables } from './tables';

/** What a `next.config.js` (`.mjs`, `.ts` …) sets that newer versions of Next.js no longer need. */
export interface NextSettingFact {
  /** Of the entry with its value, or of the assignment. */
  readonly range: Range;
  readonly name: 'swcMinify' | 'optimizeFonts' | 'cache';
  /** Absent where it is no literal. */
  readonly value?: boolean;
  /** As an entry of an object literal, or as a statement of its own: `config.cache = false;`. */
  readonly form: 'entry' | 'statement';
}

const ENTRIES = ['swcMinify', 'optimizeFonts'] as const;

/** True for the configuration of Next.js, by the path of the file. */
export function isNextConfigFile(file: string): boolean {
  return /(?:^|\/)next\.config\.[cm]?[jt]s$/.test(file);
}

/** Reads the settings of interest of a Next.js configuration. */
export function readNextSettings({ named }: Tables): readonly NextSettingFact[] {
  const entries = ENTRIES.flatMap((name) => named(name).flatMap((identifier) => readEntry(identifier, name) ?? []));
  return [...entries, ...named('cache').flatMap((identifier) => readCacheOff(identifier) ?? [])];
}

function readEntry(identifier: ts.Identifier, name: NextSettingFact['name']): NextSettingFact | undefined {
  const { parent } = identifier;
  if (ts.isPropertyAssignment(parent) && parent.name === identifier && isTopLevel(parent)) {
    return setting(parent, parent.initializer, name, 'entry');
  }
  const assigned = assignedTo(identifier);
  return assigned && setting(assigned.parent, assigned.right, name, 'statement');
}

/** `config.cache = false;` that always runs in the function `webpack` is: under a condition somebody had a reason. */
function readCacheOff(identifier: ts.Identifier): NextSettingFact | undefined {
  const assigned = assignedTo(identifier);
  if (!assigned || assigned.right.kind !== ts.SyntaxKind.FalseKeyword) return undefined;
  const block = assigned.parent.parent;
  const owner = ts.isBlock(block) && isFunctionNode(block.parent) ? block.parent : undefined;
  const [first] = owner?.parameters ?? [];
  const isConfig = first && ts.isIdentifier(first.name) && first.name.text === objectNameOf(assigned.left);
  return isConfig && isNamedWebpack(owner) ? setting(assigned.parent, assigned.right, 'cache', 'statement') : undefined;
}

/** `webpack(config) {…}` or `webpack: (config) => …`. */
function isNamedWebpack(node: ts.Node | undefined): boolean {
  if (!node) return false;
  const named = ts.isMethodDeclaration(node) ? node : node.parent;
  const name = ts.isMethodDeclaration(named) || ts.isPropertyAssignment(named) ? named.name : undefined;
  return name !== undefined && ts.isIdentifier(name) && name.text === 'webpack';
}

/** An entry of the configuration itself, not of an object somewhere in it. */
function isTopLevel(entry: ts.PropertyAssignment): boolean {
  return !ts.isPropertyAssignment(entry.parent.parent);
}

type AssignmentStatement = ts.BinaryExpression & { readonly parent: ts.ExpressionStatement };

/** The statement that assigns to `….name`, where `identifier` is that name. */
function assignedTo(identifier: ts.Identifier): AssignmentStatement | undefined {
  const access = identifier.parent;
  if (!ts.isPropertyAccessExpression(access) || access.name !== identifier) return undefined;
  const assignment = access.parent;
  return isAssignmentStatement(assignment) && assignment.left === access ? assignment : undefined;
}

function isAssignmentStatement(node: ts.Node): node is AssignmentStatement {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isExpressionStatement(node.parent)
  );
}

function objectNameOf(left: ts.Expression): string | undefined {
  return ts.isPropertyAccessExpression(left) && ts.isIdentifier(left.expression) ? left.expression.text : undefined;
}

function setting(
  node: ts.Node,
  value: ts.Expression,
  name: NextSettingFact['name'],
  form: NextSettingFact['form'],
): NextSettingFact {
  const isTrue = value.kind === ts.SyntaxKind.TrueKeyword;
  const isLiteral = isTrue || value.kind === ts.SyntaxKind.FalseKeyword;
  return {
    range: { start: node.getStart(), end: node.end },
    name,
    ...(isLiteral ? { value: isTrue } : {}),
    form,
  };
}
