import { type DocumentFacts, type LastTypeCheck, TYPE_CHECK_RECORD } from '../../syntax/documentFacts';
import type { Range } from '../../text/range';
import { namedTsconfig, type TypeCheckCommand, typeCheckCommands } from './typeCheckCommands';

/** What checks a project whose last type check ran out of memory, and says nothing of the heap. */
export interface OutOfMemory {
  readonly file: string;
  readonly range: Range;
  readonly tsconfig: string;
  /** MiB: more than what was not enough. */
  readonly enoughMb: number;
  /** The command; or the place in `tasks` of a task of our own type. */
  readonly check: TypeCheckCommand | number;
}

type Documents = ReadonlyMap<string, DocumentFacts>;

/** What teams give a check that needs more than Node's default, which depends on the machine: 2 to 4 GB. */
const USUAL_MB = 8192;

/** From then on the compiler has no heap of Node's. */
const FIRST_NATIVE = 7;

/** Returns what in a `package.json` or `tasks.json` should ask for more memory, after how the last type checks ended. */
export function outOfMemoryChecks(file: string, documents: Documents): readonly OutOfMemory[] {
  const record = documents.get(TYPE_CHECK_RECORD);
  if (record?.kind !== 'type-check') return [];
  const failed = (tsconfig: string | undefined): LastTypeCheck | undefined => {
    const last = tsconfig === undefined ? undefined : record.lastRuns[tsconfig];
    return last?.outOfMemory && Number.parseInt(last.compilerVersion, 10) < FIRST_NATIVE ? last : undefined;
  };
  const commands = typeCheckCommands(file, documents).flatMap((command): OutOfMemory[] => {
    const last = failed(command.tsconfig);
    const { run, task, tsconfig } = command;
    const isSilent = [run.nodeOptions, task?.nodeOptions].some((said) => said === 'heap' || said === 'unknown');
    return !last || isSilent ? [] : [{ file, range: run.range, tsconfig, enoughMb: enough(last), check: command }];
  });
  return [...commands, ...ownTasks(file, documents, failed)];
}

function ownTasks(
  file: string,
  documents: Documents,
  failed: (tsconfig: string | undefined) => LastTypeCheck | undefined,
): readonly OutOfMemory[] {
  const facts = documents.get(file);
  if (facts?.kind !== 'tasks') return [];
  return facts.tasks.flatMap(({ index, typeCheck }): OutOfMemory[] => {
    const tsconfig = typeCheck?.tsconfig && namedTsconfig(folderAbove(file), typeCheck.tsconfig);
    const last = failed(tsconfig);
    if (!typeCheck || !tsconfig || !last || typeCheck.setsHeap) return [];
    return [{ file, range: typeCheck.range, tsconfig, enoughMb: enough(last), check: index }];
  });
}

function folderAbove(file: string): string {
  return file.replace(/(?:^|\/)\.vscode\/tasks\.json$/, '');
}

function enough({ heapMb = 0 }: LastTypeCheck): number {
  return heapMb < USUAL_MB ? USUAL_MB : 2 * heapMb;
}
