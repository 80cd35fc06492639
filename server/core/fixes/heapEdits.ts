import { type Node, parseTree } from 'jsonc-parser';
import { dependsOn } from '../model/settings/askedVersions';
import type { OutOfMemory } from '../model/settings/outOfMemory';
import type { DocumentFacts } from '../syntax/documentFacts';
import { elementsOf, propertyOf } from '../syntax/json/jsonText';
import { insertion } from '../text/lines';
import type { FileEdit } from '../text/textEdit';
import { addJsonMembers } from './jsonMembers';
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
  if (typeof check === 'number') return editOfTask(file, text, check, (task) => [task, `"heapMb": ${enoughMb}`]);
  const { run, task } = check;
  if (run.nodeOptions !== undefined || task?.nodeOptions !== undefined) return undefined;
  const option = `--max-old-space-size=${enoughMb}`;
  if (task) return editOfTask(file, text, task.index, (node) => inEnvironment(node, `"NODE_OPTIONS": "${option}"`));
  if (run.environmentAt === undefined) return undefined;
  // `cmd.exe` knows no assignments before a command.
  const crossEnv = !run.crossEnv && dependsOn(documents, file, 'cross-env') ? 'cross-env ' : '';
  return { file, edits: [insertion(run.environmentAt, `${crossEnv}NODE_OPTIONS=${option} `)] };
}

function editOfTask(
  file: string,
  text: string,
  index: number,
  member: (task: Node) => readonly [Node, string],
): FileEdit | undefined {
  const tasks = propertyOf(parseTree(text, [], { allowTrailingComma: true }), 'tasks');
  const task = elementsOf(tasks)[index];
  if (!task) return undefined;
  const [container, written] = member(task);
  return { file, edits: addJsonMembers(text, container, [written]) };
}

/** The innermost object there is on the way to a task's environment, and what it lacks. */
function inEnvironment(task: Node, member: string): readonly [Node, string] {
  const options = propertyOf(task, 'options');
  const env = propertyOf(options, 'env');
  if (env) return [env, member];
  return options ? [options, `"env": { ${member} }`] : [task, `"options": { "env": { ${member} } }`];
}
