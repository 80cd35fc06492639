import { totalOfDeepPages } from '../model/queries/deepPages';
import type { Query } from '../model/queries/query';
import type { QueryShape } from '../model/queries/queryShape';
import { primaryKey } from '../model/schemas/indexCoverage';
import type { Fix } from '../rules/rule';
import { contains } from '../text/range';
import type { TextEdit } from '../text/textEdit';
import { readCodeStyle } from './codeStyle';
import { type CursorPage, cursorPage } from './cursorPage';
import { DEFAULT_TAKE, pageAskedFor } from './paginationParameters';
import { findQueryArguments } from './queryArguments';
import { areReturned, isOnlyList } from './returnedRows';
import { mayLeaveAsList } from './rowsLeaving';
import type { Sources } from './sources';

/**
 * Returns the fixes that give a `findMany` a limit, the best first: the page that the function's own
 * parameters ask for, else the first rows by primary key; and the page behind a cursor. None where all rows
 * are wanted on the spot: a limit would leave some of them out, unnoticed.
 */
export function limitRows(sources: Sources, query: Query, shape: QueryShape): Fix[] {
  const found = findQueryArguments(sources, query);
  if (!found || !query.model || !mayLeaveAsList(found.call)) return [];
  const { file, model } = query;
  const quote = readCodeStyle(found.call.getSourceFile().text).quote;
  const key = primaryKey(model);
  const order =
    shape.options.has('orderBy') || key.length === 0
      ? []
      : [orderBy(key, `${quote}asc${quote}${found.widens ? ' as const' : ''}`)];
  const fix = (title: string, options: readonly string[], more: readonly TextEdit[] = []): Fix => ({
    title,
    kind: 'suggestion',
    edits: [{ file, edits: [...found.add(options), ...more] }],
  });

  const mayPage = !shape.options.has('skip') && (areReturned(found.call) || isOnlyList(found.call));
  const asked = mayPage ? pageAskedFor(found.call) : undefined;
  // By a page's number, the last page would be read with all that is before it.
  const page = asked?.skip?.includes('*') && totalOfDeepPages(query) ? undefined : asked;
  const skip = page?.skip === undefined ? [] : [option('skip', page.skip)];
  const take = option('take', page?.take ?? DEFAULT_TAKE);
  const limit = page
    ? fix(`Read one page: add ${[take, ...skip].map((one) => `\`${one}\``).join(' and ')}`, [take, ...skip, ...order])
    : fix(
        `Read at most ${DEFAULT_TAKE} rows: add \`${take}\`${order.length > 0 ? `, ordered by ${key.join(', ')}` : ''}`,
        [take, ...order],
      );
  const behind = cursorPage(found, model, shape);
  const cursor = behind && fix(cursorTitle(behind), [take, ...order, ...behind.options], behind.edits);
  return cursor && !collide(cursor) ? [limit, cursor] : [limit];
}

/** True if one edit rewrites what another one changes: a literal that is spread over several lines. */
function collide({ edits }: Fix): boolean {
  const ranges = edits.flatMap((one) => one.edits.map(({ range }) => range));
  return ranges.some((range) =>
    ranges.some((other) => range !== other && range.start < range.end && contains(range, other)),
  );
}

function cursorTitle({ addedParameter }: CursorPage): string {
  const from = addedParameter ? `from a new optional parameter \`${addedParameter}\`` : 'from the parameters';
  return `Read the page behind a cursor ${from}`;
}

function orderBy(key: readonly string[], direction: string): string {
  const each = key.map((field) => `{ ${field}: ${direction} }`);
  return `orderBy: ${each.length === 1 ? each[0] : `[${each.join(', ')}]`}`;
}

/** `take: limit`, or `take` alone where the value has the same name. */
function option(name: string, value: string): string {
  return name === value ? name : `${name}: ${value}`;
}
