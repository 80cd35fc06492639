import { giveHeap } from '../fixes/heapEdits';
import type { OutOfMemory } from '../model/settings/outOfMemory';
import { defineRule } from './rule';

/** A script or task whose last type check ran out of memory, and that asks for no more of it. */
export const typeCheckHeap = defineRule<OutOfMemory>({
  id: 'type-check-heap',
  title: 'Type check that ran out of memory',
  category: 'type-check',
  severity: 'information',
  fix: 'suggestion',
  runtimeOnly: false,
  check({ scope, report }) {
    for (const found of scope.outOfMemoryChecks()) {
      const { file, range } = found;
      report({
        at: { file, range },
        data: found,
        fixes: (sources) => {
          const edit = giveHeap(found, scope.project.documents, sources);
          return [edit && { title: `Let it have ${found.enoughMb} MB of heap`, kind: 'suggestion', edits: [edit] }];
        },
      });
    }
  },
  message: ({ tsconfig, enoughMb }) =>
    `The last type check of ${tsconfig} ran out of memory. Node’s own limit is a part of what the machine has: --max-old-space-size=${enoughMb} raises it.`,
});
