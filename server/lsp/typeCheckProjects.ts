import { totalmem } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { checkedProjects } from '../core/model/modules/checkedProjects';
import {
  type TypeCheckProject,
  TypeCheckProjectsChangedNotification,
  TypeCheckProjectsMethod,
  type TypeCheckProjectsParams,
} from '../protocol';
import { runsMarkdown } from '../typeCheck/comparisonMarkdown';
import { findCompiler } from '../typeCheck/compiler';
import { explainOutOfMemory } from '../typeCheck/explainOutOfMemory';
import { readRuns } from '../typeCheck/history';
import type { TypeCheckRun } from '../typeCheck/run';
import { runSummary, sparkline } from '../typeCheck/runSummary';
import { usualStorage } from '../typeCheck/storage';
import type { Folder } from './folder';
import { pathIn } from './folders';
import { onCustomRequest } from './guard';
import type { Session } from './session';
import { uriOf } from './uris';

/** As many as a tooltip has room for. */
const SHOWN_RUNS = 5;

/** Answers `perfHints/typeCheckProjects`. */
export function handleTypeCheckProjects(session: Session): void {
  onCustomRequest<TypeCheckProjectsParams, readonly TypeCheckProject[] | null>(
    session,
    TypeCheckProjectsMethod,
    [],
    (params) => {
      const folders = session.folders.all();
      if (folders.some(({ isLoaded }) => !isLoaded)) return null;
      return folders.flatMap((folder) => projectsOf(folder, session, params?.tscPath));
    },
  );
}

/** Tells the client that a folder's projects are known, or are others than they were. */
export function tellProjectsChanged({ connection }: Session): void {
  void connection.sendNotification(TypeCheckProjectsChangedNotification);
}

/** Returns what is known of a project's runs, oldest first; `tsconfig` is absolute. */
export function runsOf(session: Session, tsconfig: string): readonly TypeCheckRun[] {
  return readRuns(storageFor(session, tsconfig), tsconfig).runs;
}

/** The folder (absolute) that keeps what a project's runs leave behind. */
export function storageFor({ client }: Session, tsconfig: string): string {
  return client.storagePath ?? usualStorage(tsconfig);
}

function projectsOf(folder: Folder, session: Session, tscPath: string | undefined): TypeCheckProject[] {
  const named = tscPath === undefined || isAbsolute(tscPath) ? tscPath : join(folder.root, tscPath);
  return checkedProjects(folder.project.documents).map(({ file, references }) => {
    const path = pathIn(folder, file);
    const compiler = findCompiler(path, { projectName: file, ...(named === undefined ? {} : { tscPath: named }) });
    return {
      folder: folder.uri,
      uri: uriOf(path),
      path: file,
      references: references.map((reference) => uriOf(pathIn(folder, reference))),
      compiler: 'problem' in compiler ? compiler : { version: compiler.version },
      ...resultsOf(runsOf(session, path)),
    };
  });
}

function resultsOf(
  runs: readonly TypeCheckRun[],
): Pick<TypeCheckProject, 'lastRun' | 'summary' | 'history' | 'outOfMemory'> {
  const lastRun = runs.at(-1);
  if (!lastRun) return {};
  const bars = sparkline(runs);
  const outOfMemory = explainOutOfMemory(runs, totalmem() / 1024 ** 2);
  const summary = runSummary(lastRun, runs.slice(0, -1));
  return {
    lastRun,
    summary: bars === '' ? summary : `${summary} ${bars}`,
    history: runsMarkdown(runs.slice(-SHOWN_RUNS)),
    ...(outOfMemory ? { outOfMemory } : {}),
  };
}
