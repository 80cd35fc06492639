import type { DocumentFacts } from '../../syntax/documentFacts';

/** The compiler options of a configuration that decide whether and how it checks types; absent ones are not set. */
export interface ConfiguredOptions {
  readonly noEmit?: unknown;
  readonly incremental?: unknown;
  readonly composite?: unknown;
  readonly tsBuildInfoFile?: unknown;
}

/** Returns the options of a `tsconfig.json` with all that it extends; undefined where a part of that can't be seen. */
export function configuredOptions(
  _documents: ReadonlyMap<string, DocumentFacts>,
  _tsconfig: string,
): ConfiguredOptions | undefined {
  return undefined;
}
