import { addExcludes } from '../fixes/tsconfigEdits';
import { folderOf } from '../model/modules/paths';
import { checkedTwice } from '../model/settings/takenInTwice';
import { tsconfigsOf } from '../model/settings/tsconfigs';
import { defineRule } from './rule';

interface Data {
  readonly files: number;
  /** Relative to the configuration. */
  readonly folders: readonly string[];
}

/** A configuration that takes in, by its globs, what projects below it check as well. */
export const tsconfigInclude = defineRule<Data>({
  id: 'tsconfig-include',
  title: 'Files of other projects taken in',
  category: 'type-check',
  severity: 'hint',
  fix: 'suggestion',
  runtimeOnly: true,
  check({ scope, isAside, report }) {
    const { documents } = scope.project;
    for (const { file, facts, listed } of scope.tsconfigs()) {
      const project = tsconfigsOf(documents).projects.find((each) => each.file === file);
      const twice = project ? checkedTwice(project, documents, isAside) : [];
      if (twice.length === 0) continue;
      const above = folderOf(file);
      const folders = twice
        .map((each) => folderOf(each.project.file).slice(above === '' ? 0 : above.length + 1))
        .sort();
      report({
        at: { file, range: facts.settings.places.include ?? facts.settings.head },
        data: { files: twice.reduce((sum, each) => sum + each.files, 0), folders },
        related: twice.map((each) => ({
          file: each.project.file,
          range: each.project.facts.settings.head,
          message: `checks ${each.files} of them`,
        })),
        fixes: (sources) => {
          const outDir = facts.settings.options.outDir?.value;
          const others = facts.exclude ? [] : ['node_modules', ...(typeof outDir === 'string' ? [outDir] : [])];
          const isOwn = listed.exclude === undefined || listed.exclude === file;
          const edit = isOwn ? addExcludes(file, [...others, ...folders], sources) : undefined;
          const title = `Exclude ${folders.join(', ')} (checked by their own configurations)`;
          return [edit && { title, kind: 'suggestion', edits: [edit] }];
        },
      });
    }
  },
  message: ({ files, folders }) =>
    `This configuration takes in ${files} files of projects below it (${folders.slice(0, 4).join(', ')}${folders.length > 4 ? ' …' : ''}), which have ` +
    'configurations of their own: they are checked twice, here by other settings, and held in memory twice by an editor that has both open.',
});
