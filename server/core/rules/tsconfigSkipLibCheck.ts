import { addCompilerOptions } from '../fixes/tsconfigEdits';
import { folderOf, foldersUp, resolvePath } from '../model/modules/paths';
import { missingOptions } from '../model/settings/missingOptions';
import { type Tsconfig, tsconfigsOf } from '../model/settings/tsconfigs';
import type { DocumentFacts } from '../syntax/documentFacts';
import { defineRule } from './rule';

interface Data {
  readonly projects: number;
}

/** A project whose compiler checks the declaration files of all packages, at every run. */
export const tsconfigSkipLibCheck = defineRule<Data>({
  id: 'tsconfig-skip-lib-check',
  title: 'Declaration files of packages checked at every run',
  category: 'type-check',
  severity: 'information',
  fix: 'suggestion',
  runtimeOnly: true,
  check({ scope, isAside, report }) {
    const { documents } = scope.project;
    const lacks = (project: Tsconfig): boolean =>
      project.isComplete &&
      !project.options.has('skipLibCheck') &&
      !isAside(project.file) &&
      !publishesTypes(project, documents);
    for (const { at, projects, heirs } of missingOptions(scope.tsconfigs(), tsconfigsOf(documents), lacks)) {
      report({
        at,
        data: { projects },
        related: heirs.map((heir) => ({ ...heir, message: 'extends it' })),
        fixes: (sources) => {
          const edit = addCompilerOptions(at.file, { skipLibCheck: true }, sources);
          const title = 'Set "skipLibCheck" (errors inside .d.ts files, your own too, are no longer reported)';
          return [edit && { title, kind: 'suggestion', edits: [edit] }];
        },
      });
    }
  },
  message: ({ projects }) =>
    `Without "skipLibCheck", each check of ${projects === 1 ? 'this project' : `${projects} projects`} also checks ` +
    'every declaration file of every package that is imported, against each other: work that grows with node_modules, ' +
    'not with your code.',
});

/** A library that gives its declarations to others may well want them checked as those will see them. */
function publishesTypes({ file, options }: Tsconfig, documents: ReadonlyMap<string, DocumentFacts>): boolean {
  if (![options.get('declaration'), options.get('composite')].some((option) => option?.value === true)) return false;
  for (const folder of foldersUp(folderOf(file))) {
    const facts = documents.get(resolvePath(folder, 'package.json'));
    if (facts?.kind === 'package')
      return facts.entryPoints.types !== undefined || facts.entryPoints.typings !== undefined;
  }
  return false;
}
