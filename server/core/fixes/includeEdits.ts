import ts from 'typescript';
import { rangeOf } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import type { LoopSite } from './loopSite';
import { freeName } from './nodeAt';
import { addProperties, findProperty } from './objectLiteral';
import { declarationOfRound, removeStatement } from './ownDeclaration';
import { capitalise } from './words';

/** Adds the relation to the parent's query; undefined where its options don't stand there, or name it already. */
export function includeEdits(parentCall: ts.CallExpression, property: string, name: string): TextEdit[] | undefined {
  const argument = parentCall.arguments[0];
  if (!argument) {
    const at = parentCall.end - 1;
    return [{ range: { start: at, end: at }, newText: `{ include: { ${property} } }` }];
  }
  if (!ts.isObjectLiteralExpression(argument) || argument.properties.some(ts.isSpreadAssignment)) return undefined;
  const existing = findProperty(argument, 'select') ?? findProperty(argument, 'include');
  if (!existing) return addProperties(argument, [`include: { ${property} }`]);
  if (!ts.isPropertyAssignment(existing) || !ts.isObjectLiteralExpression(existing.initializer)) return undefined;
  if (findProperty(existing.initializer, name) || existing.initializer.properties.some(ts.isSpreadAssignment))
    return undefined;
  return addProperties(existing.initializer, [property]);
}

/** Adds the relation to what the parent's query counts already, or counts it. */
export function countEdits(parentCall: ts.CallExpression, name: string, options: string): TextEdit[] | undefined {
  let counted: ts.Expression | undefined = parentCall.arguments[0];
  for (const keys of [['select', 'include'], ['_count'], ['select']]) {
    const object = counted && ts.isObjectLiteralExpression(counted) ? counted : undefined;
    const property: ts.ObjectLiteralElementLike | undefined = keys
      .map((key) => object && findProperty(object, key))
      .find((one) => one !== undefined);
    counted = property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
  }
  if (!counted) return includeEdits(parentCall, `_count: { select: { ${name}: ${options} } }`, '_count');
  if (!ts.isObjectLiteralExpression(counted) || findProperty(counted, name)) return undefined;
  return addProperties(counted, [`${name}: ${options}`]);
}

/** The relation in the query's place: `user.posts`, or a name for it where the element is taken apart. */
export function relationUse(site: LoopSite, name: string, isCount: boolean): TextEdit[] | undefined {
  const { element, rows, tables } = site;
  const member = isCount ? '_count' : name;
  // A member needs no parentheses of its own.
  const place = ts.isParenthesizedExpression(rows.parent) ? rows.parent : rows;
  const use = (owner: string): TextEdit => ({ range: rangeOf(place), newText: isCount ? `${owner}.${name}` : owner });
  if (ts.isIdentifier(element)) return [use(`${element.text}.${member}`)];
  if (!ts.isObjectBindingPattern(element) || element.elements.some((one) => one.dotDotDotToken)) return undefined;
  const last = element.elements.at(-1);
  if (!last) return undefined;
  const bind = (local: string): TextEdit => {
    const newText = local === member ? `, ${member}` : `, ${member}: ${local}`;
    return { range: { start: last.end, end: last.end }, newText };
  };
  const declared = isCount ? undefined : declarationOfRound(site);
  const [declaration] = declared?.declarationList.declarations ?? [];
  const removal = declared && removeStatement(declared, site);
  if (declaration && !declaration.type && removal) return [bind(declaration.name.getText()), removal];
  const local = freeName(member, tables, [isCount ? 'count' : `own${capitalise(member)}`]);
  return [bind(local), use(local)];
}
