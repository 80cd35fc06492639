import { hoistQuery } from '../fixes/hoistQuery';
import { mayChangeAnswer } from '../model/loops/changedAnswers';
import { loopPhrase } from '../model/loops/loopPhrase';
import { type MultipliedQuery, multiplied } from '../model/loops/multipliedQueries';
import { isInFieldOfLists } from '../model/resolvers/resolverReads';
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
      if (!found || found.varies || found.mayAnswerAnew || isOpenEnded(found)) continue;
      if (mayChangeAnswer(query, found.loop.range, scope.project)) continue;
      report({
        at: { file: query.file, range: query.call.callee },
        data: { query: `${query.model.accessor}.${query.operation}`, rounds: loopPhrase(found.loop) },
        related: [{ file: query.file, range: found.loop.head, message: 'the loop that repeats it' }],
        fixes: (sources) => (isInFieldOfLists(query, scope.project) ? [] : [hoistQuery(found, scope.project, sources)]),
      });
    }
  },
  message: ({ query, rounds }) =>
    `\`${query}\` is sent ${rounds}, each time with the same arguments: N round trips for one answer. Read it once before the loop.`,
});

/** The loop goes through nothing: it waits, drains or tries again. */
function isOpenEnded({ loop }: MultipliedQuery): boolean {
  return loop.collection === undefined && loop.kind !== 'for';
}
