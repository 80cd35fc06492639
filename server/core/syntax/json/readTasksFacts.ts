import { type Node, parseTree } from 'jsonc-parser';
import type { Range } from '../../text/range';
import { type Directive, findDirectives } from '../directives';
import type { CompilerRun } from './compilerRun';
import { elementsOf, propertyOf, textOf } from './jsonText';
import { runsInString } from './readScripts';

/** A `.vscode/tasks.json`: the tasks that check types. */
export interface TasksFacts {
  readonly kind: 'tasks';
  readonly tasks: readonly TaskFact[];
  readonly directives: readonly Directive[];
}

/** A task that runs the compiler, by a command of its own or as our own type of task. */
export interface TaskFact {
  /** Its place in `tasks`. */
  readonly index: number;
  /** As written, `${workspaceFolder}` and all. */
  readonly folder?: string;
  readonly runs: readonly CompilerRun[];
  /** For our own type of task. */
  readonly typeCheck?: {
    /** Of the value of `type`. */
    readonly range: Range;
    readonly tsconfig?: string;
    readonly setsHeap: boolean;
  };
  /** `NODE_OPTIONS` of its environment. */
  readonly nodeOptions?: CompilerRun['nodeOptions'];
}

/** The type of the tasks that this extension provides. */
const OWN_TYPE = 'perf-hints-typecheck';

/** True for the tasks that VS Code reads, by the path of the file, with `/`. */
export function isTasksFile(file: string): boolean {
  return /(?:^|\/)\.vscode\/tasks\.json$/.test(file);
}

/** Reads a `tasks.json`. Broken text gives fewer facts, never an exception. */
export function readTasksFacts(text: string): TasksFacts {
  const tasks = elementsOf(propertyOf(parseTree(text, [], { allowTrailingComma: true }), 'tasks'));
  return {
    kind: 'tasks',
    tasks: tasks.flatMap((task, index) => readTask(task, index, text) ?? []),
    directives: findDirectives(text),
  };
}

function readTask(task: Node, index: number, text: string): TaskFact | undefined {
  const options = propertyOf(task, 'options');
  const folder = textOf(propertyOf(options, 'cwd'));
  const shared = { index, ...(folder === undefined ? {} : { folder }), ...environmentOf(options) };
  const type = propertyOf(task, 'type');
  if (type?.value === OWN_TYPE) {
    const tsconfig = textOf(propertyOf(task, 'tsconfig'));
    const typeCheck = {
      range: rangeOf(type),
      ...(tsconfig === undefined ? {} : { tsconfig }),
      setsHeap: propertyOf(task, 'heapMb') !== undefined,
    };
    return { ...shared, runs: [], typeCheck };
  }
  const runs = type?.value === 'shell' || type?.value === 'process' ? runsOf(task, type.value, text) : [];
  return runs.length === 0 ? undefined : { ...shared, runs };
}

function runsOf(task: Node, type: 'shell' | 'process', text: string): readonly CompilerRun[] {
  const command = propertyOf(task, 'command');
  const list = propertyOf(task, 'args');
  const runs = (command ? runsInString(command, text) : []).map(withoutEnvironmentPlace);
  if (!list) return type === 'shell' ? runs : [];
  const elements = elementsOf(list);
  const args = elements.map(textOf);
  const [run] = runs;
  const last = elements.at(-1);
  // The list belongs to the last program of the command: only where there is one is it known to be the compiler.
  const isWhole = command && run && runs.length === 1 && run.range.end === command.offset + command.length - 1;
  if (!isWhole || !last || !args.every((arg) => arg !== undefined && !arg.includes('$('))) return [];
  return [
    {
      ...run,
      args: [...run.args, ...args.flatMap((arg) => arg ?? [])],
      argumentsEnd: { offset: last.offset + last.length, as: 'elements' },
    },
  ];
}

/** A task has its environment in `options`: what is set in its command may be no command line of `sh`. */
function withoutEnvironmentPlace({ environmentAt: _, ...run }: CompilerRun): CompilerRun {
  return run;
}

function environmentOf(options: Node | undefined): Pick<TaskFact, 'nodeOptions'> {
  const value = textOf(propertyOf(propertyOf(options, 'env'), 'NODE_OPTIONS'));
  if (value === undefined) return {};
  return { nodeOptions: /--max[-_]old[-_]space[-_]size/.test(value) ? 'heap' : 'others' };
}

function rangeOf({ offset, length }: Node): Range {
  return { start: offset, end: offset + length };
}
