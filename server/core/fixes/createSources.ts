import type ts from 'typescript';
import { isTypeScriptFile, parseTypeScript } from '../syntax/typescript/parse';
import type { Sources, Timestamp } from './sources';

/** Trees are large: the ones beyond these are parsed again when asked for. */
const KEPT_TREES = 16;

/**
 * Returns sources over texts that don't change meanwhile; a file that is asked for again is not parsed again.
 * Without a timestamp no fix creates a file.
 */
export function createSources(textOf: (file: string) => string | undefined, timestamp?: Timestamp): Sources {
  const texts = new Map<string, string | undefined>();
  const trees = new Map<string, ts.SourceFile>();
  const text = (file: string) => {
    if (!texts.has(file)) texts.set(file, textOf(file));
    return texts.get(file);
  };
  return {
    text,
    ...(timestamp && { timestamp }),
    tree(file) {
      const known = trees.get(file);
      if (known) return known;
      const source = isTypeScriptFile(file) ? text(file) : undefined;
      if (source === undefined) return undefined;
      const [oldest] = trees.keys();
      if (oldest !== undefined && trees.size >= KEPT_TREES) trees.delete(oldest);
      const tree = parseTypeScript(file, source);
      trees.set(file, tree);
      return tree;
    },
  };
}
