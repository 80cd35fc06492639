import { addCompilerOptions } from '../fixes/tsconfigEdits';
import { missingOptions } from '../model/settings/missingOptions';
import { repeatedCheck } from '../model/settings/repeatedChecks';
import { type Tsconfig, tsconfigsOf } from '../model/settings/tsconfigs';
import { typeCheckCommands } from '../model/settings/typeCheckCommands';
import { defineRule } from './rule';

interface Data {
  /** The option that is said in vain. */
  readonly hasBuildInfoFile: boolean;
  readonly projects: number;
  readonly writesBeside: boolean;
}

/** A configuration that is only there to check types, and keeps nothing for the next check. */
export const tsconfigIncremental = defineRule<Data>({
  id: 'tsconfig-incremental',
  title: 'Project checked anew each time',
  category: 'type-check',
  severity: 'information',
  fix: 'safe',
  runtimeOnly: true,
  check({ scope, isAside, report }) {
    const { documents } = scope.project;
    const all = tsconfigsOf(documents);
    const checked = new Set<string>();
    const readCommands = (): void => {
      for (const command of [...documents.keys()].flatMap((file) => typeCheckCommands(file, documents)))
        if (repeatedCheck(command, documents)) checked.add(command.tsconfig);
    };
    const asked = [...scope.tsconfigs()];
    if (asked.length > 0) readCommands();
    const lacks = ({ file, options, isComplete }: Tsconfig): boolean =>
      isComplete && options.get('noEmit')?.value === true && checked.has(file) && !isAside(file);
    for (const { at, projects, heirs } of missingOptions(asked, all, lacks)) {
      const { file } = at;
      const buildInfoFile = all.at(file)?.options.get('tsBuildInfoFile');
      const writesBeside = !buildInfoFile && all.extending(file).length > 0;
      report({
        at: buildInfoFile?.file === file ? buildInfoFile : at,
        data: { hasBuildInfoFile: buildInfoFile !== undefined, projects, writesBeside },
        related: heirs.map((heir) => ({ ...heir, message: 'extends it' })),
        fixes: (sources) => {
          const cache = buildInfoFile || writesBeside ? {} : { tsBuildInfoFile: buildInfoFileOf(file) };
          const edit = addCompilerOptions(file, { incremental: true, ...cache }, sources);
          const title = writesBeside
            ? 'Set "incremental" (writes a .tsbuildinfo file beside each tsconfig: have git ignore them)'
            : 'Set "incremental"';
          return [edit && { title, kind: writesBeside ? 'suggestion' : 'safe', edits: [edit] }];
        },
      });
    }
  },
  message: ({ hasBuildInfoFile, projects, writesBeside }) =>
    hasBuildInfoFile
      ? '"tsBuildInfoFile" says where a check keeps what it found, but without "incremental" nothing is kept: each check ' +
        'begins anew.'
      : `Each check of ${projects === 1 ? 'this project' : `${projects} projects`} begins anew. With "incremental" the ` +
        'compiler keeps what it found, and checks only what a change reaches' +
        (writesBeside ? ' (in .tsbuildinfo files beside the configurations, which git should ignore).' : '.'),
});

/** Among the caches of the package, where no repository looks. */
function buildInfoFileOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.json$/, '');
  return `./node_modules/.cache/tsc/${name}.tsbuildinfo`;
}
