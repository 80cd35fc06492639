import ts from 'typescript';
import { enclosingFunction, type FunctionNode, isFunctionNode, outerParent, walk } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { indentAt } from './codeStyle';

/** Parameters by which a framework calls: what comes behind them is not ours to say. */
const FRAMEWORK =
  /^_*(req|request|res|reply|response|ctx|context|event|next|props|parent|root|info|job|message|msg|args)$/i;
/** Functions that a framework calls by their names. */
const CALLED_BY_NAME =
  /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|loader|action|handler|load|default|get(ServerSide|Static)(Props|Paths)|generate\w+|[A-Z]\w*)$/;

/**
 * Returns the edit that gives the function around a node one more, optional parameter, so that all its
 * callers stay right; undefined where a framework may call the function, where it is handed to others as
 * a value, or where the name is taken.
 */
export function addParameter(node: ts.Node, name: string, type: string): TextEdit | undefined {
  const fn = ownFunction(node);
  if (!fn || !isCalledOnlyByUs(fn)) return undefined;
  const { parameters } = fn;
  const file = fn.getSourceFile();
  if (new RegExp(`\\b${name}\\b`).test(fn.getText()) || parameters.some(({ dotDotDotToken }) => dotDotDotToken))
    return undefined;
  const written = /\.[cm]?jsx?$/.test(file.fileName) ? name : `${name}?: ${type}`;
  const last = parameters.at(-1);
  if (!last) {
    const open = file.text.indexOf('(', fn.name?.end ?? fn.getStart());
    return open < 0 || open > parameters.pos
      ? undefined
      : { range: { start: parameters.pos, end: parameters.pos }, newText: written };
  }
  if (file.text[parameters.pos - 1] !== '(') return undefined;
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const ownLine =
    /\n\s*$/.test(file.text.slice(parameters.pos, last.getStart())) ||
    /\n/.test(file.text.slice(parameters.pos - 1, last.getStart()));
  const separator = ownLine ? `,${newline}${indentAt(file.text, last.getStart())}` : ', ';
  return { range: { start: last.end, end: last.end }, newText: `${separator}${written}` };
}

/** The nearest function around a node that is no callback. */
function ownFunction(node: ts.Node): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); isFunctionNode(fn); fn = enclosingFunction(fn)) {
    if (!ts.isCallExpression(outerParent(fn))) return fn;
  }
  return undefined;
}

function isCalledOnlyByUs(fn: FunctionNode): boolean {
  if (fn.parameters.some(({ name, modifiers }) => FRAMEWORK.test(name.getText()) || modifiers?.some(ts.isDecorator)))
    return false;
  if (ts.isMethodDeclaration(fn)) {
    const decorated = fn.modifiers?.some(ts.isDecorator) ?? false;
    return ts.isClassLike(fn.parent) && !decorated && !CALLED_BY_NAME.test(fn.name.getText());
  }
  const declaration = ts.isFunctionDeclaration(fn) ? fn : outerParent(fn);
  if (!ts.isFunctionDeclaration(declaration) && !ts.isVariableDeclaration(declaration)) return false;
  if (ts.isVariableDeclaration(declaration) && declaration.type) return false;
  const name = declaration.name && ts.isIdentifier(declaration.name) ? declaration.name : undefined;
  return name !== undefined && !CALLED_BY_NAME.test(name.text) && !isHandedOn(name);
}

/** True if the function is used in its file as anything but what is called, or exported by name. */
function isHandedOn(name: ts.Identifier): boolean {
  let handed = false;
  walk(name.getSourceFile(), (node) => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name) return true;
    const { parent } = node;
    const called = ts.isCallExpression(parent) && parent.expression === node;
    const isName = ts.isPropertyAccessExpression(parent) && parent.name === node;
    if (!called && !isName && !ts.isExportSpecifier(parent)) handed = true;
    return true;
  });
  return handed;
}
