import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, makeConfig } from '../core/config';
import { configFileName } from '../core/config/defaults';
import { readConfig } from '../core/config/readConfig';
import { linePositions } from '../core/text/linePositions';
import { reasonOf } from '../workspace/notes';
import { decode } from '../workspace/readSource';
import { UsageError } from './usageError';

export interface Configuration {
  readonly config: Config;
  /** What is wrong in the config file, a line each: `file:line:column message`. */
  readonly problems: readonly string[];
}

/**
 * Reads the config file that was named, else the workspace folder's, if it has one. Throws a
 * {@link UsageError} if the named one can't be read.
 */
export function readConfiguration(folder: string, named: string | undefined, currentFolder: string): Configuration {
  const path = named === undefined ? join(folder, configFileName) : resolve(currentFolder, named);
  const text = textOf(path, named);
  if (text === undefined) return { config: makeConfig(), problems: [] };
  const { settings, problems } = readConfig(text);
  const positionOf = linePositions(text);
  return {
    config: makeConfig(settings),
    problems: problems.map(({ range, message }) => {
      const { line, column } = positionOf(range.start);
      return `${named ?? configFileName}:${line}:${column} ${message}`;
    }),
  };
}

function textOf(path: string, named: string | undefined): string | undefined {
  try {
    return decode(readFileSync(path));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (named === undefined && isMissing) return undefined;
    throw new UsageError(`can't read ${named ?? configFileName}: ${isMissing ? 'no such file' : reasonOf(error)}`);
  }
}
