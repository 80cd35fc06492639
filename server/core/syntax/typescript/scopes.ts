import ts from 'typescript';
import { isFunctionNode } from './nodes';

/** A name and what declares it. */
export interface Binding {
  readonly name: string;
  /** The declaring node: a variable, parameter, binding element, import, function, class, enum, type. */
  readonly declaration: ts.Node;
  /** The block, function or file in which the name is known. */
  readonly scope: ts.Node;
  /** The identifiers by which the name is assigned again (`x = …`, `x++`, `[x] = …`). */
  readonly writes: readonly ts.Identifier[];
  /** `x.a.b = …`: changes made to what the name holds. */
  readonly memberWrites: readonly ts.BinaryExpression[];
  /** `x.push(…)`, `x.a.set(…)`: calls of methods that change what the name holds. */
  readonly mutations: readonly ts.CallExpression[];
}

/** A binding while the changes to it are being gathered. */
interface OwnBinding extends Binding {
  writes: ts.Identifier[];
  memberWrites: ts.BinaryExpression[];
  mutations: ts.CallExpression[];
}

/** What most names have of each kind of change; one for all, where a file declares a thousand names. */
const NONE: never[] = [];

function withChange<Change>(changes: Change[], change: Change): Change[] {
  if (changes === NONE) return [change];
  changes.push(change);
  return changes;
}

/** The names of one file, and where each is known. */
export interface Scopes {
  /** The binding that `name` means where `at` stands; undefined for a global. */
  lookup(name: string, at: ts.Node): Binding | undefined;
}

const MUTATING_METHODS: ReadonlySet<string> = new Set(
  'push pop shift unshift splice sort reverse fill set add delete clear append enqueue dequeue'.split(' '),
);

/** The bindings of each name, by the scope in which they are known. */
type Tables = Map<string, Map<ts.Node, OwnBinding>>;

const DECLARING = [
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.Parameter,
  ts.SyntaxKind.ImportClause,
  ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.NamespaceImport,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ClassExpression,
  ts.SyntaxKind.EnumDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.ImportEqualsDeclaration,
];

const CHANGING = [
  ts.SyntaxKind.BinaryExpression,
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.PrefixUnaryExpression,
  ts.SyntaxKind.PostfixUnaryExpression,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.ForInStatement,
];

/** Reads the declarations and assignments of a file; `ofKind` gives its nodes of one kind, in order. */
export function readScopes(ofKind: (kind: ts.SyntaxKind) => readonly ts.Node[]): Scopes {
  const tables: Tables = new Map();
  for (const kind of DECLARING) for (const node of ofKind(kind)) declare(node, tables);
  for (const kind of CHANGING) for (const node of ofKind(kind)) recordWrites(node, tables);
  return { lookup: (name, at) => lookup(tables, name, at) };
}

/** Asked of every name of a file, and most names are declared once: then there is one scope to look for. */
function lookup(tables: Tables, name: string, at: ts.Node): OwnBinding | undefined {
  const byScope = tables.get(name);
  if (!byScope) return undefined;
  const [only] = byScope.size === 1 ? byScope.values() : [];
  for (let node: ts.Node | undefined = at; node; node = node.parent) {
    const binding = only ? only.scope === node && only : byScope.get(node);
    if (binding) return binding;
  }
  return undefined;
}

function declare(node: ts.Node, tables: Tables): void {
  if (ts.isVariableDeclaration(node)) {
    declareName(node.name, node, isBlockScoped(node) ? blockScope(node) : functionScope(node), tables);
  } else if (ts.isParameter(node)) {
    declareName(node.name, node, node.parent, tables);
  } else if (ts.isImportClause(node) || ts.isImportSpecifier(node) || ts.isNamespaceImport(node)) {
    if (node.name) add(node.name.text, node, node.getSourceFile(), tables);
  } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
    if (node.name) add(node.name.text, node, blockScope(node), tables);
  } else if (ts.isFunctionExpression(node) || ts.isClassExpression(node)) {
    if (node.name) add(node.name.text, node, node, tables);
  } else if (
    ts.isEnumDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isImportEqualsDeclaration(node)
  ) {
    const scope = blockScope(node);
    if (!tables.get(node.name.text)?.has(scope)) add(node.name.text, node, scope, tables);
  }
}

function declareName(name: ts.BindingName, declaration: ts.Node, scope: ts.Node, tables: Tables): void {
  if (ts.isIdentifier(name)) {
    add(name.text, declaration, scope, tables);
    return;
  }
  for (const element of name.elements) {
    if (ts.isBindingElement(element)) declareName(element.name, element, scope, tables);
  }
}

function add(name: string, declaration: ts.Node, scope: ts.Node, tables: Tables): void {
  let byScope = tables.get(name);
  if (!byScope) {
    byScope = new Map();
    tables.set(name, byScope);
  }
  // Overloads and merged declarations: the one with a body comes last and is the one to know.
  byScope.set(scope, { name, declaration, scope, writes: NONE, memberWrites: NONE, mutations: NONE });
}

/** True for `const`, `let`, `using` and the variable of a `catch`. */
function isBlockScoped({ parent }: ts.VariableDeclaration): boolean {
  return ts.isCatchClause(parent) || (parent.flags & ts.NodeFlags.BlockScoped) !== 0;
}

function blockScope(node: ts.Node): ts.Node {
  let current = node.parent;
  while (
    !ts.isBlock(current) &&
    !ts.isSourceFile(current) &&
    !ts.isModuleBlock(current) &&
    !ts.isCaseBlock(current) &&
    !ts.isCatchClause(current) &&
    !ts.isForStatement(current) &&
    !ts.isForInStatement(current) &&
    !ts.isForOfStatement(current) &&
    !isFunctionNode(current)
  ) {
    current = current.parent;
  }
  return current;
}

function functionScope(node: ts.Node): ts.Node {
  let current = node.parent;
  while (!ts.isSourceFile(current) && !ts.isModuleBlock(current) && !isFunctionNode(current)) {
    current = current.parent;
  }
  return current;
}

function recordWrites(node: ts.Node, tables: Tables): void {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
    const target = node.left;
    if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
      const changed = bindingOfRoot(target, tables);
      if (changed) changed.memberWrites = withChange(changed.memberWrites, node);
    } else {
      recordTargets(target, tables);
    }
  } else if (ts.isCallExpression(node)) {
    const callee = node.expression;
    if (!ts.isPropertyAccessExpression(callee) || !MUTATING_METHODS.has(callee.name.text)) return;
    const changed = bindingOfRoot(callee, tables);
    if (changed) changed.mutations = withChange(changed.mutations, node);
  } else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) {
      recordTargets(node.operand, tables);
    }
  } else if (
    (ts.isForOfStatement(node) || ts.isForInStatement(node)) &&
    !ts.isVariableDeclarationList(node.initializer)
  ) {
    recordTargets(node.initializer, tables);
  }
}

function bindingOfRoot(node: ts.Expression, tables: Tables): OwnBinding | undefined {
  const root = rootIdentifier(node);
  return root && lookup(tables, root.text, root);
}

function recordTargets(target: ts.Expression, tables: Tables): void {
  if (ts.isIdentifier(target)) {
    const written = lookup(tables, target.text, target);
    if (written) written.writes = withChange(written.writes, target);
  } else if (ts.isArrayLiteralExpression(target)) {
    for (const element of target.elements) recordTargets(element, tables);
  } else if (ts.isObjectLiteralExpression(target)) {
    for (const property of target.properties) {
      if (ts.isShorthandPropertyAssignment(property)) recordTargets(property.name, tables);
      else if (ts.isPropertyAssignment(property)) recordTargets(property.initializer, tables);
    }
  }
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The identifier at the left end of `a.b.c` or `a[0].b`; undefined where it starts otherwise. */
export function rootIdentifier(node: ts.Expression): ts.Identifier | undefined {
  let current = node;
  while (
    ts.isPropertyAccessExpression(current) ||
    ts.isElementAccessExpression(current) ||
    ts.isNonNullExpression(current) ||
    ts.isParenthesizedExpression(current)
  ) {
    current = current.expression;
  }
  return ts.isIdentifier(current) ? current : undefined;
}
