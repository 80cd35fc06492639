import ts from 'typescript';
import { findDirectives } from '../directives';
import { readAwaitRuns } from './awaitRuns';
import { isTrackedCall, readCalls } from './calls';
import { readClasses } from './classes';
import { readExports, readModules } from './exports';
import type { TypeScriptFacts } from './facts';
import { readFunctions } from './functions';
import { readLoopCall } from './loopCalls';
import { readLoops } from './loops';
import { type FunctionNode, isFunctionNode, walk } from './nodes';
import { parseTypeScript } from './parse';
import { readRecursions } from './recursions';
import { readScopes } from './scopes';
import type { CallNode, LoopNode, NodeOfKind, Tables } from './tables';
import { readValues } from './values';

/** What is known of code that is nested deeper than a parser can follow. */
const NOTHING: TypeScriptFacts = {
  kind: 'typescript',
  modules: [],
  exports: [],
  functions: [],
  classes: [],
  loops: [],
  calls: [],
  recursions: [],
  awaitRuns: [],
  directives: [],
};

/** Parses a file and returns its facts; the tree is dropped. Never throws. */
export function readTypeScriptFacts(file: string, text: string): TypeScriptFacts {
  return orNothing(() => readTree(parseTypeScript(file, text)));
}

/** Returns the facts of a parsed file (with parent nodes). Keeps nothing of the tree. Never throws. */
export function factsOfTree(file: ts.SourceFile): TypeScriptFacts {
  return orNothing(() => readTree(file));
}

function orNothing(read: () => TypeScriptFacts): TypeScriptFacts {
  try {
    return read();
  } catch (error) {
    // The stack is used up: the code is nested thousands of levels deep. No person wrote it.
    if (error instanceof RangeError) return NOTHING;
    throw error;
  }
}

function readTree(file: ts.SourceFile): TypeScriptFacts {
  const tables = readTables(file);
  const values = readValues(tables);
  return {
    kind: 'typescript',
    modules: readModules(tables),
    exports: readExports(tables, values),
    functions: readFunctions(tables, values),
    classes: readClasses(tables, values),
    loops: readLoops(tables, values),
    calls: readCalls(tables, values),
    recursions: readRecursions(tables),
    awaitRuns: readAwaitRuns(tables, values),
    directives: findDirectives(file.text),
  };
}

/** Lists the nodes of a file that get a row in its facts. */
export function readTables(file: ts.SourceFile): Tables {
  const byKind: ts.Node[][] = [];
  const byName = new Map<string, ts.Identifier[]>();
  const functions: (FunctionNode | ts.SourceFile)[] = [file];
  const classes: ts.ClassLikeDeclaration[] = [];
  const loops: LoopNode[] = [];
  const calls: CallNode[] = [];
  walk(file, (node) => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return false;
    if (ts.isIdentifier(node)) {
      const ofSameName = byName.get(node.text);
      if (ofSameName) ofSameName.push(node);
      else byName.set(node.text, [node]);
      return false;
    }
    const ofSameKind = byKind[node.kind];
    if (ofSameKind) ofSameKind.push(node);
    else byKind[node.kind] = [node];
    if (isFunctionNode(node)) functions.push(node);
    else if (ts.isCallExpression(node)) {
      const loop = readLoopCall(node);
      if (loop) loops.push(loop);
      if (isTrackedCall(node)) calls.push(node);
    } else if (ts.isTaggedTemplateExpression(node)) {
      if (isTrackedCall(node)) calls.push(node);
    } else if (ts.isIterationStatement(node, false)) loops.push({ node });
    else if (ts.isClassLike(node)) classes.push(node);
    return true;
  });
  return {
    file,
    ofKind: <Kind extends ts.SyntaxKind>(kind: Kind) => (byKind[kind] ?? []) as NodeOfKind<Kind>[],
    named: (name) => byName.get(name) ?? [],
    scopes: readScopes((kind) => byKind[kind] ?? []),
    functions,
    functionIndex: indexOf(functions),
    classes,
    classIndex: indexOf(classes),
    loops,
    loopIndex: new Map(
      loops.flatMap(({ node, callback }, index): [ts.Node, number][] =>
        callback
          ? [
              [node, index],
              [callback, index],
            ]
          : [[node, index]],
      ),
    ),
    calls,
    callIndex: indexOf(calls),
  };
}

function indexOf(nodes: readonly ts.Node[]): Map<ts.Node, number> {
  return new Map(nodes.map((node, index) => [node, index]));
}
