import ts from 'typescript';
import type { ParallelLoop } from '../model/loops/parallelLoops';
import type { Project } from '../model/project';
import { dependsOn } from '../model/settings/askedVersions';
import type { Fix } from '../rules/rule';
import { isFunctionNode } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { type CodeStyle, indentAt, readCodeStyle } from './codeStyle';
import { commentsOf, losesComment, textIndentedAs } from './movedText';
import { freeName, freeNameWithin } from './nodeAt';
import { AT_A_TIME, openParallelSite, type ParallelSite } from './parallelSite';
import type { Sources } from './sources';

const PACKAGE = 'p-limit';

/** Lets a few rounds through at a time with `p-limit`. Undefined where the project does not have it. */
export function limitParallel(found: ParallelLoop, project: Project, sources: Sources): Fix | undefined {
  if (!dependsOn(project.documents, found.file, PACKAGE)) return undefined;
  const site = openParallelSite(found, project, sources);
  const statement = site && statementAround(site.loop);
  const maker = site && makerOf(site);
  if (!site || !statement || !maker) return undefined;
  const style = readCodeStyle(site.text);
  const limit = freeNameWithin(['limit', 'queryLimit'], site.tables.file, site.tables);
  const wrapped = wrappedCallback(site, limit, style);
  if (!wrapped) return undefined;
  const [start] = [
    ...commentsOf(site.tables.file, statement, false).above.map((above) => above.start),
    statement.getStart(),
  ];
  const end = style.semicolons ? ';' : '';
  const declared = `const ${limit} = ${maker.name}(${AT_A_TIME})${end}${style.newline}${indentAt(site.text, start)}`;
  const edits = [...maker.edits, { range: { start, end: start }, newText: declared }, wrapped];
  return {
    title: `Let ${AT_A_TIME} through at a time, with ${PACKAGE}`,
    kind: 'suggestion',
    edits: [{ file: site.file, edits }],
  };
}

/** The statement before which another can stand that runs in the same function. */
function statementAround(loop: ts.Node): ts.Statement | undefined {
  for (let node = loop; !ts.isSourceFile(node) && !isFunctionNode(node); node = node.parent) {
    const { parent } = node;
    if (!ts.isStatement(node) || ts.isBlock(node)) continue;
    if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)) return node;
  }
  return undefined;
}

interface Maker {
  readonly name: string;
  /** Those that import it. */
  readonly edits: readonly TextEdit[];
}

/** What makes a limiter in the file, imported among the packages; undefined in a file that imports nothing. */
function makerOf({ tables, text }: ParallelSite): Maker | undefined {
  const imports = tables.file.statements.filter((statement) => ts.isImportDeclaration(statement));
  const known = imports.find((one) => moduleOf(one) === PACKAGE)?.importClause?.name;
  if (known) return { name: known.text, edits: [] };
  const first = imports[0];
  if (!first) return undefined;
  const { newline, quote, semicolons } = readCodeStyle(text);
  const name = freeName('pLimit', tables);
  const line = `import ${name} from ${quote}${PACKAGE}${quote}${semicolons ? ';' : ''}`;
  const insert = (start: number, newText: string) => ({ name, edits: [{ range: { start, end: start }, newText }] });
  const packages = imports.filter((one) => !/^(?:[.~#]|@\/)/.test(moduleOf(one)));
  const before = packages.findLast((one) => moduleOf(one) < PACKAGE);
  if (before) return insert(before.end, newline + line);
  return insert((packages[0] ?? first).getStart(), line + newline);
}

function moduleOf({ moduleSpecifier }: ts.ImportDeclaration): string {
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
}

/** `async (id) => {…}` → `(id) => limit(async () => {…})`. */
function wrappedCallback(site: ParallelSite, limit: string, style: CodeStyle): TextEdit | undefined {
  const { loop, callback, text, tables } = site;
  const { body, type, equalsGreaterThanToken } = callback;
  const start = callback.getStart();
  const asynchronous = callback.modifiers?.[0];
  const head = text.slice(asynchronous?.end ?? start, type ? type.pos - 1 : equalsGreaterThanToken.getStart()).trim();
  if (head.includes('\n')) return undefined;
  const parameters = head.startsWith('(') ? head : `(${head})`;
  const returned = type ? `: ${type.getText()}` : '';
  const ownHead = `${asynchronous ? 'async ' : ''}()${returned} => `;
  const kept = { start: body.getStart(), end: body.end };
  const whole = { start, end: loop.end };
  const given = callback.parameters.map((parameter) => ({ start: parameter.getStart(), end: parameter.end }));
  if (losesComment(text, whole, [...given, kept])) return undefined;
  const indent = indentAt(text, start);
  const inner = indent + style.indent;
  const line = `${parameters} => ${limit}(${ownHead}${body.getText()})`;
  const column = start - text.lastIndexOf('\n', start - 1) - 1;
  if (!line.includes('\n') && column + line.length + 1 <= style.lineWidth) {
    return { range: { start, end: callback.end }, newText: line };
  }
  const isHugged = !text.slice(loop.expression.end, start).includes('\n');
  const moved = `${parameters} =>${style.newline}${inner}${limit}(${ownHead}${textIndentedAs(tables.file, kept, inner)})`;
  const tail = isHugged
    ? `${style.argumentCommas ? ',' : ''}${style.newline}${indent})`
    : text.slice(callback.end, loop.end);
  return { range: whole, newText: moved + tail };
}
