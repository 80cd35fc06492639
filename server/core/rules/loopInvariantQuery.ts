import { hoistQuery } from '../fixes/hoistQuery';
import { loopPhrase } from '../model/loopPhrase';
import { type MultipliedQuery, multiplied } from '../model/multipliedQueries';
import type { Project } from '../model/project';
import { defineRule } from './rule';

interface Data {
  readonly query: string;
  readonly rounds: string;
}

/** The same read, with the same arguments, in every round of a loop. */
export const loopInvariantQuery = defineRule<Data>({
  id: 'loop-invariant-query',
  title: 'The same query in every round of a loop',
  category: 'round-trips',
  severity: 'warning',
  fix: 'safe',
  runtimeOnly: true,
  check({ scope, report }) {
    for (const query of scope.queriesInLoops()) {
      if (query.effect !== 'read' || !query.model) continue;
      const found = multiplied(query, scope.project);
      if (!found || found.varies || mayAnswerAnew(found, scope.project)) continue;
      report({
        at: { file: query.file, range: query.call.callee },
        data: { query: `${query.model.accessor}.${query.operation}`, rounds: loopPhrase(found.loop) },
        related: [{ file: query.file, range: found.loop.head, message: 'the loop that repeats it' }],
        fixes: (sources) => [hoistQuery(found, sources)],
      });
    }
  },
  message: ({ query, rounds }) =>
    `\`${query}\` is sent ${rounds}, each time with the same arguments: N round trips for one answer. Read it once before the loop.`,
});

/** The loop has no collection to go through (it waits or drains), or writes what the query reads. */
function mayAnswerAnew({ query, loop }: MultipliedQuery, project: Project): boolean {
  if (loop.collection === undefined && loop.kind !== 'for') return true;
  return project
    .queriesOf(query.file)
    .some(
      ({ call, effect, model }) =>
        effect === 'write' &&
        (model === undefined || model === query.model) &&
        call.loops.some((use) => query.facts.loops[use.loop] === loop),
    );
}
