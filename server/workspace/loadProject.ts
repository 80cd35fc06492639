import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Config } from '../core/config';
import { createProject, type Project } from '../core/model/project';
import type { DocumentFacts } from '../core/syntax/documentFacts';
import { discover } from './discover';
import type { FactsCache } from './factsCache';
import { keepTreesYoung } from './keepTreesYoung';
import type { Note } from './notes';
import { OwnStrings } from './ownStrings';
import { readDocument } from './readDocument';
import type { Reading } from './reading';
import { readText } from './readSource';
import { trackedKind } from './trackedFiles';

/** How long files are read before others get a turn: an editor's request, Ctrl+C. */
const TURN_MILLISECONDS = 12;

export interface LoadOptions {
  readonly config: Config;
  /** What earlier runs found; asked of each file first, and told of what is new. Saving it is left to the caller. */
  readonly cache?: FactsCache | undefined;
  /** Told from time to time how many of the files have been read. */
  readonly onProgress?: (read: number, total: number) => void;
  /** Makes the loading reject, between two files. */
  readonly signal?: AbortSignal;
}

export interface LoadedProject {
  readonly project: Project;
  /** The source files and schemas that were found, sorted. */
  readonly files: readonly string[];
  /** Those of them that were judged: neither generated, nor too large, nor unreadable. */
  readonly analysed: ReadonlySet<string>;
  /** What could not be read, or was skipped. */
  readonly notes: readonly Note[];
  /** Milliseconds by phase, for `--debug timings`. */
  readonly timings: Readonly<Record<'discover' | 'read', number>>;
  /** The text of a file as it is on disk now, without a byte order mark; undefined where it is gone. */
  readText(file: string): string | undefined;
}

/** Finds and reads what the analysis of a folder (absolute) needs. Rejects only when the signal aborts. */
export async function loadProject(
  folder: string,
  { config, cache, onProgress, signal }: LoadOptions,
): Promise<LoadedProject> {
  keepTreesYoung();
  const started = performance.now();
  const discovery = await discover(folder, { excludes: config.excludes, ...(signal ? { signal } : {}) });
  const discovered = performance.now();

  const notes = [...discovery.notes];
  const documents = new Map<string, DocumentFacts>();
  const judged = new Set<string>();
  const strings = new OwnStrings();
  let done = 0;
  let turnEnd = performance.now() + TURN_MILLISECONDS;
  const readAll = async (files: readonly string[]) => {
    for (const file of files) {
      // Tests, seeds, scripts: no rule about code speaks there, and no application imports from there.
      const isSilent = trackedKind(file) === 'source' && config.isAside(file);
      const { facts, skipped, generated }: Reading = isSilent ? {} : readDocument(folder, file, cache, strings);
      if (facts) documents.set(file, facts);
      if (skipped) notes.push({ file, message: skipped });
      else if (!generated) judged.add(file);
      done++;
      if (performance.now() < turnEnd) continue;
      onProgress?.(done, discovery.files.length);
      await nextTurn();
      signal?.throwIfAborted();
      turnEnd = performance.now() + TURN_MILLISECONDS;
    }
  };
  // Schemas first: they say where the generated clients lie, which nobody wants analysed.
  const isSchema = (file: string) => trackedKind(file) === 'schema';
  await readAll(discovery.files.filter(isSchema));
  const isOutput = insideAny(createProject(documents).schemas.flatMap(({ outputs }) => outputs));
  const files = discovery.files.filter((file) => isSchema(file) || !isOutput(file));
  await readAll(files.filter((file) => !isSchema(file)));
  onProgress?.(files.length, files.length);

  const isCode = (file: string) => isSchema(file) || trackedKind(file) === 'source';
  const code = files.filter(isCode);
  return {
    project: createProject(documents),
    files: code,
    analysed: new Set(code.filter((file) => judged.has(file))),
    notes,
    timings: { discover: discovered - started, read: performance.now() - discovered },
    readText: (file) => readText(folder, file),
  };
}

/** Tests whether a file lies in one of the folders; the workspace folder itself is no folder of outputs. */
function insideAny(folders: readonly string[]): (file: string) => boolean {
  const prefixes = folders.filter((folder) => folder !== '' && folder !== '.').map((folder) => `${folder}/`);
  return (file) => prefixes.some((prefix) => file.startsWith(prefix));
}
