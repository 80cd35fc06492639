import type { LastTypeCheck, TypeCheckFacts } from '../core/syntax/documentFacts';
import { TypeCheckRanNotification } from '../protocol';
import type { Folder } from './folder';
import { pathIn } from './folders';
import type { Session } from './session';
import { runsOf } from './typeCheckProjects';

/** Hears of type checks that have ended: how they did is part of what there is to say of a workspace. */
export function handleTypeCheckRan(session: Session, onChange: () => void): void {
  session.connection.onNotification(TypeCheckRanNotification, () => {
    try {
      for (const folder of session.folders.all()) takeTypeChecks(session, folder);
      onChange();
    } catch (error) {
      session.log.failure(TypeCheckRanNotification, error);
    }
  });
}

/** Tells a folder how the last type checks of its projects ended; one that was stopped says nothing. */
export function takeTypeChecks(session: Session, folder: Folder): void {
  const lastRuns = [...folder.project.documents].flatMap(([file, { kind }]): [string, LastTypeCheck][] => {
    const runs = kind === 'tsconfig' ? runsOf(session, pathIn(folder, file)) : [];
    const last = runs.findLast(({ outcome }) => outcome !== 'stopped' && outcome !== 'failed');
    if (!last) return [];
    const { compilerVersion, outcome, settings } = last;
    const heap = settings.heapMb === undefined ? {} : { heapMb: settings.heapMb };
    return [[file, { outOfMemory: outcome === 'out-of-memory', compilerVersion, ...heap }]];
  });
  const facts: TypeCheckFacts = { kind: 'type-check', lastRuns: Object.fromEntries(lastRuns) };
  folder.typeChecked(lastRuns.length === 0 ? undefined : facts);
}
