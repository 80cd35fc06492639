/** When the newest row of the shop was written; what is later was written by what is being proven. */
export const SHOP_ENDS = Date.UTC(2025, 0, 1);

/** What a call gave, or how it failed. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Runs a call to its end. Returns its outcome in a form that can be compared with that of another run. */
export async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { value: comparable(await run()) };
  } catch (error) {
    return { error: comparable(error) };
  }
}

/** A copy without what differs from run to run: moments, and where in which file an error came up. */
function comparable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? 'a function' : value;
  if (value instanceof Error) return comparableError(value);
  if (value instanceof Date) return value.getTime() >= SHOP_ENDS ? 'now' : value;
  if (value instanceof Uint8Array) return value;
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [comparable(key), comparable(item)]));
  if (value instanceof Set) return new Set([...value].map(comparable));
  if (Array.isArray(value)) return value.map(comparable);
  if (isDecimal(value)) return { decimal: value.toFixed() };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]));
}

/** Prisma's own errors tell where they were thrown; their code says what happened. */
function comparableError(error: Error): unknown {
  const { code, meta } = error as Error & { readonly code?: string; readonly meta?: { readonly modelName?: string } };
  if (code === undefined) return { name: error.name, message: error.message.split('\n').at(-1) };
  return { name: error.name, code, model: meta?.modelName };
}

function isDecimal(value: object): value is { toFixed(): string } {
  return 'toFixed' in value && 'd' in value && 's' in value;
}
