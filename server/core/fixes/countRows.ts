import ts from 'typescript';
import type { Query } from '../model/queries/query';
import { primaryKey } from '../model/schemas/indexCoverage';
import type { Fix } from '../rules/rule';
import { lengthUseOf } from '../syntax/typescript/listUseLength';
import { type ListPlaces, readListPlaces } from '../syntax/typescript/listUsePlaces';
import { isBroken, isWithin, rangeOf } from '../syntax/typescript/nodes';
import type { TextEdit } from '../text/textEdit';
import { type Answer, answerEdits } from './answeredRows';
import { nodeAt, type OpenFile, openFile } from './nodeAt';
import { rewriteQuery } from './rewrittenQuery';
import type { Sources } from './sources';

/**
 * Replaces rows that are only counted by `count`; where only their existence is asked, by `findFirst` of the key.
 * Undefined where the query's options are not written in the call, or where its rows are named by a type.
 */
export function countRows(query: Query, asks: Answer, sources: Sources): Fix | undefined {
  const open = openFile(query.file, sources);
  const call = open && nodeAt(open.tables.file, query.call.range, ts.isCallExpression);
  const places = call && readListPlaces(call, open.tables);
  const { model } = query;
  if (!open || !places || !model || isBroken(call)) return undefined;
  const key = primaryKey(model)[0];
  if (asks === 'existence' && key === undefined) return undefined;
  const rewritten =
    asks === 'number'
      ? rewriteQuery(call, { operation: 'count', keeps: (option) => option === 'where' })
      : rewriteQuery(call, {
          operation: 'findFirst',
          keeps: (option) => option === 'where',
          sets: new Map([['select', `{ ${key}: true }`]]),
        });
  const read = rewritten && readAnswer(places, asks, model.accessor, open);
  if (!read) return undefined;
  const { accessor } = model;
  const title =
    asks === 'number'
      ? `Count in the database: \`${accessor}.count\``
      : `Look for one row: \`${accessor}.findFirst\` of the key alone`;
  return { title, kind: 'safe', edits: [{ file: query.file, edits: [...rewritten, ...read] }] };
}

/** The edits by which the answer is read in place of the rows. */
function readAnswer(places: ListPlaces, asks: Answer, accessor: string, open: OpenFile): TextEdit[] | undefined {
  const { name, uses, then, length } = places;
  if (length) return [{ range: rangeOf(length.pattern), newText: length.name.text }];
  const questions = uses.map(lengthUseOf).filter((use) => use !== undefined);
  // A test whether the list is there goes with the question it stands before, or there is no telling what it means.
  if (!uses.every((use) => questions.some(({ node }) => isWithin(use, node)))) return undefined;
  const [rows] = uses;
  const asked = { questions, ...(name ? { name } : rows ? { rows } : {}), ...(then ? { then } : {}) };
  return answerEdits(asked, asks, accessor, open);
}
