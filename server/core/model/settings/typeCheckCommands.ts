import type { DocumentFacts } from '../../syntax/documentFacts';
import type { CompilerRun } from '../../syntax/json/compilerRun';
import type { TaskFact } from '../../syntax/json/readTasksFacts';
import { folderOf, foldersUp, resolvePath } from '../modules/paths';
import { type CompilerArguments, readCompilerArguments } from './compilerArguments';

/** A command of a script or a task that runs the compiler once over one project. */
export interface TypeCheckCommand {
  /** Where it is written. */
  readonly file: string;
  readonly run: CompilerRun;
  /** The folder it runs in. */
  readonly folder: string;
  readonly arguments: CompilerArguments;
  /** The `tsconfig.json` it is about. */
  readonly tsconfig: string;
  /** The script's name; absent for a task. */
  readonly script?: string;
  readonly task?: TaskFact;
}

type Documents = ReadonlyMap<string, DocumentFacts>;

/** What makes it another thing than checking a project once. */
const OTHER_WORK = [
  'build',
  'watch',
  'init',
  'showConfig',
  'version',
  'help',
  'listFilesOnly',
  'generateTrace',
  'noCheck',
];

const WORKSPACE_FOLDER = '$' + '{workspaceFolder}';

/**
 * Returns the commands in a `package.json` or a `tasks.json` that check a project whose configuration is known; none for
 * another file. Whether they also write files is for the configuration to say.
 */
export function typeCheckCommands(file: string, documents: Documents): readonly TypeCheckCommand[] {
  const facts = documents.get(file);
  if (facts?.kind === 'package') {
    return (facts.scripts ?? []).flatMap(({ name, runs }) =>
      runs.flatMap((run) => commandOf({ file, run, script: name }, folderOf(file), documents) ?? []),
    );
  }
  if (facts?.kind !== 'tasks') return [];
  return facts.tasks.flatMap((task) => {
    const folder = taskFolder(file, task);
    return task.runs.flatMap((run) =>
      folder === undefined ? [] : (commandOf({ file, run, task }, folder, documents) ?? []),
    );
  });
}

/** The folder in which the editor has `.vscode/` and runs a task; undefined where it depends on a variable. */
export function taskFolder(file: string, { folder = '.' }: Pick<TaskFact, 'folder'>): string | undefined {
  const path = withoutVariable(folder);
  return path === undefined ? undefined : resolvePath(folderOf(folderOf(file)), path);
}

/** The configuration that a path in a command means, in a folder: a file, or the folder it lies in. */
export function namedTsconfig(folder: string, path: string): string | undefined {
  const plain = withoutVariable(path);
  if (plain === undefined) return undefined;
  const place = resolvePath(folder, plain);
  return place.endsWith('.json') ? place : resolvePath(place, 'tsconfig.json');
}

function commandOf(
  written: Pick<TypeCheckCommand, 'file' | 'run' | 'script' | 'task'>,
  folder: string,
  documents: Documents,
): TypeCheckCommand | undefined {
  const args = readCompilerArguments(written.run.args);
  if (args.namesFiles || OTHER_WORK.some((name) => args.option(name) !== undefined)) return undefined;
  const project = args.option('project');
  const tsconfig = typeof project === 'string' ? namedTsconfig(folder, project) : nearestTsconfig(folder, documents);
  if (tsconfig === undefined || documents.get(tsconfig)?.kind !== 'tsconfig') return undefined;
  return { ...written, folder, arguments: args, tsconfig };
}

function nearestTsconfig(folder: string, documents: Documents): string | undefined {
  for (const above of foldersUp(folder)) {
    const file = resolvePath(above, 'tsconfig.json');
    if (documents.has(file)) return file;
  }
  return undefined;
}

function withoutVariable(path: string): string | undefined {
  const relative = path.startsWith(WORKSPACE_FOLDER) ? `./${path.slice(WORKSPACE_FOLDER.length)}` : path;
  return relative.includes('$') || /^(?:\/|[A-Za-z]:)/.test(relative) ? undefined : relative;
}
