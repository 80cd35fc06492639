import { addExcludes } from '../fixes/tsconfigEdits';
import { folderOf } from '../model/modules/paths';
import { builtFilesTakenIn } from '../model/settings/builtFiles';
import { type Tsconfig, tsconfigsOf } from '../model/settings/tsconfigs';
import { defineRule } from './rule';

/** An `exclude` that forgets the folder of what the project itself builds. */
export const tsconfigExclude = defineRule<{ readonly folders: readonly string[] }>({
  id: 'tsconfig-exclude',
  title: 'Built files taken in as sources',
  category: 'type-check',
  severity: 'hint',
  fix: 'safe',
  runtimeOnly: true,
  check({ scope, report }) {
    const { documents } = scope.project;
    for (const project of scope.tsconfigs()) {
      const { file, facts, listed } = project;
      if (!isProject(project, tsconfigsOf(documents).projects)) continue;
      const folders = builtFilesTakenIn(project, documents).map((folder) =>
        folder.slice(folderOf(file).length).replace(/^\//, ''),
      );
      if (folders.length === 0) continue;
      report({
        at: { file, range: facts.settings.places.exclude ?? facts.settings.head },
        data: { folders },
        fixes: (sources) => {
          // One that is inherited would no longer count.
          const edit = listed.exclude === file ? addExcludes(file, folders, sources) : undefined;
          return [edit && { title: `Exclude ${folders.join(' and ')}`, kind: 'safe', edits: [edit] }];
        },
      });
    }
  },
  message: ({ folders }) =>
    `An "exclude" takes the place of the compiler’s own, which leaves out what is built: what lies in ${folders.join(' and ')} is ` +
    'read as sources from the second build on, and can’t be written again (TS5055).',
});

function isProject({ file }: Tsconfig, projects: readonly Tsconfig[]): boolean {
  return projects.some((project) => project.file === file);
}
