import { parse } from 'jsonc-parser';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads JSON with comments and trailing commas, as far as it goes; `{}` where it is no object. */
export function readJsonObject(text: string): JsonObject {
  const value: unknown = parse(text, [], { allowTrailingComma: true });
  return isJsonObject(value) ? value : {};
}

/** True for `{…}`: neither an array nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The strings of an array; none of anything else. */
export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : [];
}
