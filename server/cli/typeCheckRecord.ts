import { join } from 'node:path';
import type { Project } from '../core/model/project';
import { TYPE_CHECK_RECORD } from '../core/syntax/documentFacts';
import { readRuns } from '../typeCheck/history';
import { usualStorage } from '../typeCheck/storage';
import { typeCheckFacts } from '../typeCheck/typeCheckFacts';

/** Returns the project of a folder (absolute) with how `perf-hints type-check` last ended in it. */
export function withTypeChecks(project: Project, folder: string): Project {
  const configurations = [...project.documents].flatMap(([file, { kind }]) => (kind === 'tsconfig' ? [file] : []));
  const facts = typeCheckFacts(configurations, (file) => {
    const tsconfig = join(folder, file);
    return readRuns(usualStorage(tsconfig), tsconfig).runs;
  });
  return facts ? project.with(new Map([[TYPE_CHECK_RECORD, facts]])) : project;
}
