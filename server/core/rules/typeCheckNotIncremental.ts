import { addCompilerArguments } from '../fixes/commandEdits';
import { folderOf } from '../model/modules/paths';
import { repeatedCheck } from '../model/settings/repeatedChecks';
import { defineRule } from './rule';

interface Data {
  readonly compiler: string;
}

/** A script or a task that checks types without keeping anything for the next time. */
export const typeCheckNotIncremental = defineRule<Data>({
  id: 'type-check-not-incremental',
  title: 'Type check that begins anew each time',
  category: 'type-check',
  severity: 'hint',
  fix: 'safe',
  runtimeOnly: false,
  check({ scope, report }) {
    for (const command of scope.typeCheckCommands()) {
      const check = repeatedCheck(command, scope.project.documents);
      if (!check || check.belongsInTsconfig) continue;
      const { file, run, tsconfig } = command;
      report({
        at: { file, range: run.range },
        data: { compiler: run.compiler },
        fixes: () => [
          {
            title: 'Keep what was checked: --incremental',
            kind: 'safe',
            edits: [
              addCompilerArguments(command, [
                '--incremental',
                ...(check.hasBuildInfoFile ? [] : ['--tsBuildInfoFile', buildInfoFile(command.folder, tsconfig)]),
              ]),
            ],
          },
        ],
      });
    }
  },
  message: ({ compiler }) =>
    `This ${compiler} checks every file anew, each time. With --incremental it keeps what it found, and checks only what a change reaches.`,
});

/** Among the caches of the package, where no repository looks; one for each configuration. */
function buildInfoFile(folder: string, tsconfig: string): string {
  const prefix = folder === '' ? '' : `${folder}/`;
  const path = tsconfig.startsWith(prefix) ? tsconfig.slice(prefix.length) : tsconfig;
  const within = folderOf(path)
    .split('/')
    .filter((part) => part !== '' && part !== '..');
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
  return `node_modules/.cache/tsc/${[...within, name].join('-')}.tsbuildinfo`;
}
