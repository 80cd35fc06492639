/** A word, name, string or sign of SQL; offsets are UTF-16. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'symbol';
  /** A quoted name without its quotes; else as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

// In this order: comments, dollar quotes (their body is read as statements), strings, quoted names, words, signs.
// A quote that never closes is a sign of its own.
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$\w*\$|'[^']*(?:'|$)|"([^"\n]*)"|`([^`\n]*)`|\[([A-Za-z_][^[\]\n]{0,127})\]|[\w$\u0080-\uffff]+|[^\s]/g;
const STATEMENT_STARTS = new Set(['begin', 'then', 'else', 'loop']);

/** Splits SQL into statements of tokens, also those within `DO $$ BEGIN … END $$`; never fails, linear in the text. */
export function* sqlStatements(sql: string): Generator<SqlToken[]> {
  let statement: SqlToken[] = [];
  for (const match of sql.matchAll(TOKEN)) {
    const written = match[0];
    if (written.startsWith('--') || written.startsWith('/*')) continue;
    const name = match[1] ?? match[2] ?? match[3];
    const start = match.index;
    const end = start + written.length;
    const ends = written === ';' || /^\$\w*\$$/.test(written) || STATEMENT_STARTS.has(written.toLowerCase());
    if (!ends) {
      const kind =
        name !== undefined
          ? 'name'
          : written.startsWith("'")
            ? 'string'
            : /^\w|^[^\s\x21-\x7f]/.test(written)
              ? 'word'
              : 'symbol';
      statement.push({ kind, text: name ?? written, start, end });
    } else {
      if (statement.length > 0) yield statement;
      statement = [];
    }
  }
  if (statement.length > 0) yield statement;
}
