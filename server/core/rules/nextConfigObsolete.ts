import { removeEntry } from '../fixes/removeLines';
import type { ObsoleteNextSetting } from '../model/settings/nextSettings';
import type { Fix } from './rule';
import { defineRule } from './rule';

/** A setting of Next.js that is the default by now, that is gone, or that makes every build begin anew. */
export const nextConfigObsolete = defineRule<ObsoleteNextSetting>({
  id: 'next-config-obsolete',
  title: 'Next.js setting that its version has no use for',
  category: 'type-check',
  severity: 'hint',
  fix: 'safe',
  runtimeOnly: false,
  check({ scope, report }) {
    for (const { file, obsolete } of scope.nextSettings()) {
      report({
        at: { file, range: obsolete.setting.range },
        data: obsolete,
        fixes: (sources) => {
          const tree = sources.tree(file);
          const edits = tree && removeEntry(tree, obsolete.setting.range);
          return [edits && { ...whatItIs(obsolete), edits: [{ file, edits }] }];
        },
      });
    }
  },
  message: ({ setting: { name }, reason, major }) => {
    if (reason === 'removed') return `Next.js ${major} no longer knows ${name}: it warns of it and goes on without.`;
    if (reason === 'default')
      return `${name}: true is the default of Next.js ${major}, and an unknown setting from 15 on.`;
    return 'Without the cache of webpack every build compiles everything anew. What Next.js keeps in .next/cache is what makes the next build quick.';
  },
});

function whatItIs({ setting: { name }, reason }: ObsoleteNextSetting): Omit<Fix, 'edits'> {
  return reason === 'no-cache'
    ? { title: 'Remove the line: builds keep their cache again', kind: 'suggestion' }
    : { title: `Remove ${name}`, kind: 'safe' };
}
