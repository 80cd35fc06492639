import type { ArgumentFact, AttributeFact, SchemaValue } from './facts';
import { lineEnd, type Scanner } from './scanner';

/** Deeper nesting than any schema has is taken for broken text, so that recursion stays shallow. */
const DEEPEST = 16;

/**
 * Reads the attribute at whose first `@` the scanner stands, and leaves the scanner behind it.
 * In half-written text (a parenthesis that never closes) the attribute keeps what its first line
 * says and the scanner goes on with the next. Undefined where no name follows the `@`.
 */
export function readAttribute(scanner: Scanner): AttributeFact | undefined {
  const start = scanner.start;
  scanner.next();
  if (scanner.is('@') && scanner.start === start + 1) scanner.next();
  if (scanner.kind !== 'word') return undefined;
  const name = scanner.value;
  let end = scanner.end;
  scanner.next();
  if (!scanner.is('(')) return { name, range: { start, end }, arguments: [] };
  const { found, closed } = readArguments(scanner, 0);
  if (closed) {
    end = scanner.end;
    scanner.next();
    return { name, range: { start, end }, arguments: found };
  }
  const limit = lineEnd(scanner.text, start);
  const kept = found.map((argument) => withinLine(argument, limit)).filter((argument) => argument !== undefined);
  if (scanner.start > limit) scanner.goTo(limit);
  return { name, range: { start, end: kept.at(-1)?.range.end ?? end }, arguments: kept };
}

/** Reads one value and leaves the scanner behind it; undefined (scanner unmoved) where none stands. */
export function readValue(scanner: Scanner): SchemaValue | undefined {
  const { value } = readNested(scanner, 0);
  return value;
}

interface Nested {
  readonly value: SchemaValue | undefined;
  /** False if a bracket in it never closes. */
  readonly closed: boolean;
}

function readNested(scanner: Scanner, depth: number): Nested {
  const { start, end, kind } = scanner;
  if (kind === 'string') {
    const value: SchemaValue = { kind: 'string', value: unquote(scanner.value), range: { start, end } };
    scanner.nextInside();
    return { value, closed: true };
  }
  if (kind === 'number') {
    const value: SchemaValue = { kind: 'number', value: scanner.value, range: { start, end } };
    scanner.nextInside();
    return { value, closed: true };
  }
  if (scanner.is('[')) return readList(scanner, depth + 1);
  if (kind !== 'word') return { value: undefined, closed: true };
  const name = scanner.value;
  scanner.nextInside();
  if (!scanner.is('('))
    return { value: { kind: 'name', value: name, arguments: [], range: { start, end } }, closed: true };
  const { found, closed } = readArguments(scanner, depth + 1);
  const last = closed ? scanner.end : (found.at(-1)?.range.end ?? end);
  if (closed) scanner.nextInside();
  return { value: { kind: 'name', value: name, arguments: found, range: { start, end: last } }, closed };
}

function readList(scanner: Scanner, depth: number): Nested {
  const start = scanner.start;
  const values: SchemaValue[] = [];
  let end = scanner.end;
  scanner.nextInside();
  while (depth < DEEPEST) {
    const { value, closed } = readNested(scanner, depth);
    if (value) {
      values.push(value);
      end = value.range.end;
    }
    if (!closed) break;
    if (scanner.is(']')) {
      end = scanner.end;
      scanner.nextInside();
      return { value: { kind: 'list', values, range: { start, end } }, closed: true };
    }
    if (!scanner.is(',')) break;
    scanner.nextInside();
  }
  return { value: { kind: 'list', values, range: { start, end } }, closed: false };
}

/** Reads from `(`; leaves the scanner at the `)` that closes it, else at what it could not read. */
function readArguments(scanner: Scanner, depth: number): { found: ArgumentFact[]; closed: boolean } {
  const found: ArgumentFact[] = [];
  scanner.nextInside();
  while (depth < DEEPEST) {
    const { argument, closed } = readArgument(scanner, depth);
    if (argument) found.push(argument);
    if (!closed) break;
    if (scanner.is(')')) return { found, closed: true };
    if (!scanner.is(',')) break;
    scanner.nextInside();
  }
  return { found, closed: false };
}

function readArgument(scanner: Scanner, depth: number): { argument?: ArgumentFact; closed: boolean } {
  const start = scanner.start;
  const { value, closed } = readNested(scanner, depth);
  if (!value) return { closed };
  if (!closed || value.kind !== 'name' || !scanner.is(':')) return { argument: { value, range: value.range }, closed };
  scanner.nextInside();
  const named = readNested(scanner, depth);
  if (!named.value) return { closed: named.closed };
  const range = { start, end: named.value.range.end };
  return { argument: { name: value.value, value: named.value, range }, closed: named.closed };
}

function withinLine(argument: ArgumentFact, limit: number): ArgumentFact | undefined {
  const value = valueWithin(argument.value, limit);
  if (!value) return undefined;
  return { ...argument, value, range: { start: argument.range.start, end: value.range.end } };
}

function valueWithin(value: SchemaValue, limit: number): SchemaValue | undefined {
  if (value.range.end <= limit) return value;
  if (value.kind !== 'list' || value.range.start >= limit) return undefined;
  const values = value.values.map((one) => valueWithin(one, limit)).filter((one) => one !== undefined);
  const end = values.at(-1)?.range.end ?? value.range.start + 1;
  return { ...value, values, range: { start: value.range.start, end } };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unquote(written: string): string {
  const body = written.slice(1, written.length > 1 && written.endsWith('"') ? -1 : undefined);
  if (!body.includes('\\')) return body;
  return body.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, plain: string | undefined) =>
    hex === undefined ? (ESCAPES[plain ?? ''] ?? plain ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
