import { isJsonObject, type JsonObject } from '../core/syntax/json/jsonObject';

/** What checking one file took, by the compiler's own trace. */
export interface TracedFile {
  /** Absolute, as the compiler names it. */
  readonly file: string;
  readonly checkMs: number;
  /** The expression or declaration in it that took longest. */
  readonly slowest?: TracedPlace;
}

export interface TracedPlace {
  /** A UTF-16 offset: of the node, or of the space before it. */
  readonly start: number;
  readonly ms: number;
}

const MICROSECONDS = 1000;

/**
 * Reads what `--generateTrace` wrote (Chrome's trace events), of TypeScript 5 to 7; longest first. Undefined for any
 * other text. `@typescript/analyze-trace` pairs begins and ends without their threads, of which version 7 has several.
 */
export function readTrace(text: string): readonly TracedFile[] | undefined {
  const events = parsed(text);
  if (!events) return undefined;
  const times = new Map<string, number>();
  const slowest = new Map<string, TracedPlace>();
  const begun = new Map<unknown, JsonObject[]>();
  for (const event of events) {
    if (event.cat !== 'check') continue;
    const file = pathOf(event);
    if (event.name === 'checkSourceFile' && file !== undefined) {
      const open = begun.get(event.tid) ?? [];
      begun.set(event.tid, open);
      if (event.ph === 'B') open.push(event);
      const begin = event.ph === 'E' ? open.pop() : undefined;
      const ms = event.ph === 'X' ? millisecondsOf(event.dur) : millisecondsOf(event.ts) - millisecondsOf(begin?.ts);
      if ((event.ph === 'X' || begin) && Number.isFinite(ms)) times.set(file, (times.get(file) ?? 0) + ms);
    } else if (event.ph === 'X' && file !== undefined) {
      const place = placeOf(event);
      if (place && place.ms > (slowest.get(file)?.ms ?? 0)) slowest.set(file, place);
    }
  }
  return [...times]
    .map(([file, checkMs]) => ({ file, checkMs, ...slowestOf(slowest.get(file)) }))
    .sort((a, b) => b.checkMs - a.checkMs);
}

function slowestOf(place: TracedPlace | undefined): Pick<TracedFile, 'slowest'> {
  return place ? { slowest: place } : {};
}

function placeOf({ args, dur }: JsonObject): TracedPlace | undefined {
  const start = isJsonObject(args) ? args.pos : undefined;
  return typeof start === 'number' ? { start, ms: millisecondsOf(dur) } : undefined;
}

function pathOf({ args }: JsonObject): string | undefined {
  return isJsonObject(args) && typeof args.path === 'string' ? args.path : undefined;
}

function millisecondsOf(time: unknown): number {
  return typeof time === 'number' ? time / MICROSECONDS : Number.NaN;
}

function parsed(text: string): readonly JsonObject[] | undefined {
  try {
    const events: unknown = JSON.parse(text);
    return Array.isArray(events) ? events.filter(isJsonObject) : undefined;
  } catch {
    return undefined; // A compiler that was stopped leaves half a trace.
  }
}
