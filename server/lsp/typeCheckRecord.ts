import { TypeCheckRanNotification } from '../protocol';
import { typeCheckFacts } from '../typeCheck/typeCheckFacts';
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

/** Tells a folder how the last type checks of its projects ended. */
export function takeTypeChecks(session: Session, folder: Folder): void {
  const configurations = [...folder.project.documents].flatMap(([file, { kind }]) =>
    kind === 'tsconfig' ? [file] : [],
  );
  folder.typeChecked(typeCheckFacts(configurations, (file) => runsOf(session, pathIn(folder, file))));
}
