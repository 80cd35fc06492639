import ts from 'typescript';
import type { TextEdit } from '../../../server/core/text/textEdit';
import { around, editing, inserting, nodesOf, oneOf, replacing, type Variation, within } from './variation';

const AROUND_BODY: readonly (readonly [string, string])[] = [
  ['try {\n', '\n} catch (error) {\n  console.error(error);\n}'],
  ['try {\n', '\n} catch (error) {\n  console.error(error);\n  throw error;\n}'],
  ['try {\n', '\n} finally {\n  console.log("done");\n}'],
  ['if (Date.now() > 0) {\n', '\n}'],
  ['{\n', '\n}'],
  ['if (Date.now() < 0) {\n  console.log("never");\n} else {\n', '\n}'],
];

/** The same loops, with other things around them and in them. */
export const loopVariations: Readonly<Record<string, Variation>> = {
  'the body of a loop within another statement': editing((tree, random) => {
    const body = oneOf(loopBodies(tree), random);
    return body ? within(body, ...random.pick(AROUND_BODY)) : [];
  }),
  'a loop within another statement': editing((tree, random) => {
    const loop = oneOf(nodesOf(tree, ts.isForOfStatement), random);
    return loop ? around(loop, ...random.pick(AROUND_BODY)) : [];
  }),
  'the body of a function within another statement': editing((tree, random) => {
    const fn = oneOf(nodesOf(tree, ts.isFunctionDeclaration), random);
    return fn?.body ? within(fn.body, ...random.pick(AROUND_BODY)) : [];
  }),
  'a guard first': editing((tree, random) => {
    const loop = oneOf(nodesOf(tree, ts.isForOfStatement), random);
    if (!loop || !ts.isBlock(loop.statement)) return [];
    const guard = random.pick(['if (Date.now() < 0) continue;', 'if (Date.now() < 0) break;', 'console.log("next");']);
    return within(loop.statement, `${guard}\n    `, '');
  }),
  'a loop with a label': editing((tree, random) => {
    const loop = oneOf(nodesOf(tree, ts.isForOfStatement), random);
    return loop ? [inserting(loop.getStart(), 'rounds: ')] : [];
  }),
  'a loop with let': editing((tree, random) => {
    const lists = nodesOf(tree, ts.isForOfStatement).map(({ initializer }) => initializer);
    const list = oneOf(
      lists.filter((each) => each.getText().startsWith('const')),
      random,
    );
    return list ? [replacing(list, list.getText().replace('const', random.pick(['let', 'var'])))] : [];
  }),
  'a body without braces': editing((tree, random) => {
    const bodies = nodesOf(tree, ts.isForOfStatement).flatMap(({ statement }) =>
      ts.isBlock(statement) && statement.statements.length === 1 ? [statement] : [],
    );
    const body = oneOf(bodies, random);
    const [only] = body?.statements ?? [];
    return body && only && !ts.isVariableStatement(only) ? [replacing(body, only.getText())] : [];
  }),
  'a destructured element': editing((tree, random) => {
    const loop = oneOf(nodesOf(tree, ts.isForOfStatement), random);
    return loop ? destructured(loop) : [];
  }),
  'all rounds at once': editing((tree, random) => {
    const loop = oneOf(nodesOf(tree, ts.isForOfStatement), random);
    return loop ? asPromiseAll(loop) : [];
  }),
  'elements with their number': editing((tree, random) => {
    const loop = oneOf(nodesOf(tree, ts.isForOfStatement), random);
    const name = loop && nameOf(loop);
    if (!loop || !name) return [];
    return [replacing(name, `[round, ${name.text}]`), inserting(loop.expression.end, '.entries()')];
  }),
  'a collection of a member': editing((tree, random) => {
    const loop = oneOf(nodesOf(tree, ts.isForOfStatement), random);
    if (!loop) return [];
    const { expression } = loop;
    return [
      inserting(loop.getStart(), `const source = { rows: ${expression.getText()} };\n  `),
      replacing(expression, 'source.rows'),
    ];
  }),
};

function loopBodies(tree: ts.SourceFile): ts.Block[] {
  const statements = nodesOf(tree, ts.isForOfStatement).map(({ statement }) => statement);
  const callbacks = nodesOf(tree, ts.isArrowFunction).map(({ body }) => body);
  return [...statements, ...callbacks].filter(ts.isBlock);
}

function nameOf({ initializer }: ts.ForOfStatement): ts.Identifier | undefined {
  const [declaration] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  return declaration && ts.isIdentifier(declaration.name) ? declaration.name : undefined;
}

/** `for (const { id } of users)`, where the body uses nothing of the element but its members. */
function destructured(loop: ts.ForOfStatement): TextEdit[] {
  const name = nameOf(loop);
  const uses = nodesOf(loop.statement, ts.isIdentifier).filter(({ text }) => text === name?.text);
  const members = uses.flatMap(({ parent }) =>
    ts.isPropertyAccessExpression(parent) && !parent.questionDotToken && uses.some((use) => use === parent.expression)
      ? [parent]
      : [],
  );
  if (!name || members.length === 0 || members.length < uses.length) return [];
  const pattern = `{ ${[...new Set(members.map((member) => member.name.text))].join(', ')} }`;
  return [replacing(name, pattern), ...members.map((member) => replacing(member, member.name.text))];
}

function asPromiseAll(loop: ts.ForOfStatement): TextEdit[] {
  const { statement, expression } = loop;
  const name = nameOf(loop);
  const leaves = (node: ts.Node) => ts.isBreakOrContinueStatement(node) || ts.isReturnStatement(node);
  if (!name || !ts.isBlock(statement) || nodesOf(statement, (node): node is ts.Node => leaves(node)).length > 0)
    return [];
  const head = `await Promise.all(${expression.getText()}.map(async (${name.text}) => `;
  return [{ range: { start: loop.getStart(), end: statement.getStart() }, newText: head }, inserting(loop.end, '));')];
}
