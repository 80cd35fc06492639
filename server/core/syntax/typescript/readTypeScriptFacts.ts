import ts from 'typescript';
import { findDirectives } from '../directives';
import { readAwaitRuns } from './awaitRuns';
import { withoutLoneArms } from './branches';
import { readCallPlaces } from './callPlace';
import { isTrackedCall, readCalls } from './calls';
import { readClasses } from './classes';
import { readExports, readModules } from './exports';
import type { TypeScriptFacts } from './facts';
import { readFunctions } from './functions';
import { readInvocations } from './invocations';
import { readLoopCall } from './loopCalls';
import { readLoops } from './loops';
import { isNextConfigFile, readNextSettings } from './nextConfig';
import { FUNCTION_KINDS, type FunctionNode, isFunctionNode } from './nodes';
import { isOneOffScript } from './oneOffScript';
import { parseTypeScript } from './parse';
import { readPromiseLists } from './promiseLists';
import { readRecursions } from './recursions';
import { readResolvers } from './resolvers/readResolvers';
import { readRoutes } from './routes/readRoutes';
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
  invocations: [],
  resolvers: [],
  resolverMaps: [],
  recursions: [],
  routes: [],
  awaitRuns: [],
  promiseLists: [],
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
  const places = readCallPlaces(tables);
  const calls = readCalls(tables, values, places);
  const invocations = readInvocations(tables, values, places);
  const all = [...calls, ...invocations];
  return {
    kind: 'typescript',
    modules: readModules(tables),
    exports: readExports(tables, values),
    functions: readFunctions(tables, values),
    classes: readClasses(tables, values),
    loops: readLoops(tables, values),
    calls: withoutLoneArms(calls, all),
    invocations: withoutLoneArms(invocations, all),
    routes: readRoutes(tables, values),
    ...readResolvers(tables, values),
    recursions: readRecursions(tables),
    awaitRuns: readAwaitRuns(tables, values),
    promiseLists: readPromiseLists(tables),
    directives: findDirectives(file.text),
    ...(isOneOffScript(tables) ? { runsOnce: true } : {}),
    ...(isNextConfigFile(file.fileName) ? { nextSettings: readNextSettings(tables) } : {}),
  };
}

const IDENTIFIER = ts.SyntaxKind.Identifier;
const FIRST_TYPE = ts.SyntaxKind.FirstTypeNode;
const LAST_TYPE = ts.SyntaxKind.LastTypeNode;
const CLASSES = [ts.SyntaxKind.ClassDeclaration, ts.SyntaxKind.ClassExpression];
const LOOPS = [
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
];

/** Lists the nodes of a file that get a row in its facts. */
export function readTables(file: ts.SourceFile): Tables {
  const byKind: ts.Node[][] = [];
  const byName = new Map<string, ts.Identifier[]>();
  // This runs for every node of every file: it compares numbers, and leaves what is rarer for later.
  const visit = (node: ts.Node): void => {
    const { kind } = node;
    if (kind === IDENTIFIER) {
      const { text } = node as ts.Identifier;
      const ofSameName = byName.get(text);
      if (ofSameName) ofSameName.push(node as ts.Identifier);
      else byName.set(text, [node as ts.Identifier]);
      return;
    }
    if (kind >= FIRST_TYPE && kind <= LAST_TYPE) return;
    const ofSameKind = byKind[kind];
    if (ofSameKind) ofSameKind.push(node);
    else byKind[kind] = [node];
    ts.forEachChild(node, visit);
  };
  visit(file);

  const ofKinds = <Node extends ts.Node>(
    kinds: Iterable<ts.SyntaxKind>,
    test: (node: ts.Node) => node is Node,
  ): Node[] => [...kinds].flatMap((kind) => (byKind[kind] ?? []).filter(test));
  const functions: (FunctionNode | ts.SourceFile)[] = [file, ...ofKinds(FUNCTION_KINDS, isFunctionNode)];
  const classes = ofKinds(CLASSES, ts.isClassLike);
  const allCalls = ofKinds([ts.SyntaxKind.CallExpression], ts.isCallExpression);
  const statements = ofKinds(LOOPS, (node) => ts.isIterationStatement(node, false));
  const loops: LoopNode[] = [
    ...statements.map((node) => ({ node })),
    ...allCalls.flatMap((call) => readLoopCall(call) ?? []),
  ];
  const templates = ofKinds([ts.SyntaxKind.TaggedTemplateExpression], ts.isTaggedTemplateExpression);
  const calls: CallNode[] = [...allCalls, ...templates].filter(isTrackedCall);
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
