import type ts from 'typescript';
import type { FunctionNode } from './nodes';
import type { Scopes } from './scopes';

/** A call that becomes a fact: an ordinary one, or a tagged template (`$queryRaw`…``). */
export type CallNode = ts.CallExpression | ts.TaggedTemplateExpression;

/** A loop: a statement, or a call that runs its callback once per element. */
export interface LoopNode {
  readonly node: ts.IterationStatement | ts.CallExpression;
  /** The inline function that a callback loop runs; absent where it is given by its name. */
  readonly callback?: ts.ArrowFunction | ts.FunctionExpression;
}

/** The node type that goes with a syntax kind. */
export type NodeOfKind<Kind extends ts.SyntaxKind> = Kind extends keyof NodeTypes ? NodeTypes[Kind] : ts.Node;

interface NodeTypes {
  [ts.SyntaxKind.AwaitExpression]: ts.AwaitExpression;
  [ts.SyntaxKind.BinaryExpression]: ts.BinaryExpression;
  [ts.SyntaxKind.Block]: ts.Block;
  [ts.SyntaxKind.CallExpression]: ts.CallExpression;
  [ts.SyntaxKind.CaseClause]: ts.CaseClause;
  [ts.SyntaxKind.Decorator]: ts.Decorator;
  [ts.SyntaxKind.DefaultClause]: ts.DefaultClause;
  [ts.SyntaxKind.ExportDeclaration]: ts.ExportDeclaration;
  [ts.SyntaxKind.ExternalModuleReference]: ts.ExternalModuleReference;
  [ts.SyntaxKind.IfStatement]: ts.IfStatement;
  [ts.SyntaxKind.ImportDeclaration]: ts.ImportDeclaration;
  [ts.SyntaxKind.ReturnStatement]: ts.ReturnStatement;
}

/** The nodes of one file that get a row in the facts, with their indexes. Lives as long as the tree. */
export interface Tables {
  readonly file: ts.SourceFile;
  /** The nodes of one kind, in the order of the text. Type annotations are left out. */
  ofKind<Kind extends ts.SyntaxKind>(kind: Kind): readonly NodeOfKind<Kind>[];
  /** The identifiers of one name, in the order of the text: uses and declarations alike. */
  named(name: string): readonly ts.Identifier[];
  readonly scopes: Scopes;
  /** Row 0 is the module itself. */
  readonly functions: readonly (FunctionNode | ts.SourceFile)[];
  readonly functionIndex: ReadonlyMap<ts.Node, number>;
  readonly classes: readonly ts.ClassLikeDeclaration[];
  readonly classIndex: ReadonlyMap<ts.Node, number>;
  readonly loops: readonly LoopNode[];
  /** By statement, call and callback. */
  readonly loopIndex: ReadonlyMap<ts.Node, number>;
  readonly calls: readonly CallNode[];
  readonly callIndex: ReadonlyMap<ts.Node, number>;
}
