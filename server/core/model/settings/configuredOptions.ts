import type { DocumentFacts } from '../../syntax/documentFacts';
import { tsconfigsOf } from './tsconfigs';

/** The compiler options of a configuration that decide whether and how it checks types; absent ones are not set. */
export interface ConfiguredOptions {
  readonly noEmit?: unknown;
  readonly incremental?: unknown;
  readonly composite?: unknown;
  readonly tsBuildInfoFile?: unknown;
}

const NAMES = ['noEmit', 'incremental', 'composite', 'tsBuildInfoFile'] satisfies (keyof ConfiguredOptions)[];

/** Returns the options of a `tsconfig.json` with all that it extends; undefined where a part of that can't be seen. */
export function configuredOptions(
  documents: ReadonlyMap<string, DocumentFacts>,
  tsconfig: string,
): ConfiguredOptions | undefined {
  const found = tsconfigsOf(documents).at(tsconfig);
  if (!found?.isComplete) return undefined;
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const option = found.options.get(name);
      return option ? [[name, option.value]] : [];
    }),
  );
}
