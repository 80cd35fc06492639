import { dependsOn } from '../model/settings/askedVersions';
import type { OutOfMemory } from '../model/settings/outOfMemory';
import type { DocumentFacts } from '../syntax/documentFacts';
import type { FileEdit } from '../text/textEdit';
import { setJsonValue } from './jsonEdits';
import type { Sources } from './sources';

/**
 * Returns the edit that gives a type check as much heap as is enough: in a script before its command, in a task by its
 * environment. Undefined where other options of Node are set that it would have to be woven into.
 */
export function giveHeap(
  { file, check, enoughMb }: OutOfMemory,
  documents: ReadonlyMap<string, DocumentFacts>,
  sources: Sources,
): FileEdit | undefined {
  const text = sources.text(file);
  if (text === undefined) return undefined;
  if (typeof check === 'number') return { file, edits: setJsonValue(text, ['tasks', check, 'heapMb'], enoughMb) };
  const { run, task } = check;
  if (run.nodeOptions !== undefined || task?.nodeOptions !== undefined) return undefined;
  const option = `--max-old-space-size=${enoughMb}`;
  if (task) {
    return { file, edits: setJsonValue(text, ['tasks', task.index, 'options', 'env', 'NODE_OPTIONS'], option) };
  }
  if (run.environmentAt === undefined) return undefined;
  // `cmd.exe` knows no assignments before a command.
  const crossEnv = !run.crossEnv && dependsOn(documents, file, 'cross-env') ? 'cross-env ' : '';
  const range = { start: run.environmentAt, end: run.environmentAt };
  return { file, edits: [{ range, newText: `${crossEnv}NODE_OPTIONS=${option} ` }] };
}
