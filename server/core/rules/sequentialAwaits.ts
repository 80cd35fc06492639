import { awaitTogether, readInTransaction } from '../fixes/promiseAll';
import { enumeration } from '../fixes/words';
import type { AwaitedEffect } from '../model/awaits/awaitedEffects';
import { type AwaitPlan, isConditional, isShared, type PlannedStep, planAwaits } from '../model/awaits/awaitPlan';
import type { AwaitRunFact, TypeScriptFacts, Value } from '../syntax/typescript/facts';
import { defineRule } from './rule';

interface Data {
  /** What is waited for in turn, in the reader's words: `` `User` ``, `` `fetch()` ``. */
  readonly waits: readonly string[];
  readonly trips: number;
  readonly saved: number;
  readonly maybeTransaction: boolean;
}

const TEST_CALLBACKS: ReadonlySet<string> = new Set(
  'before after beforeEach afterEach beforeAll afterAll describe it test suite setup teardown'.split(' '),
);

/** Reads that wait for each other though none needs the other's result. */
export const sequentialAwaits = defineRule<Data>({
  id: 'sequential-awaits',
  title: 'Independent reads awaited one after another',
  category: 'concurrency',
  severity: 'warning',
  fix: 'safe',
  runtimeOnly: true,
  check({ scope, report }) {
    for (const { file, facts, run } of scope.awaitRuns()) {
      if (run.function === 0 || run.inLoop || isSetUpOrTransaction(facts, run)) continue;
      for (const plan of planAwaits(file, facts, run, scope.project)) {
        const data = describe(plan);
        const steps = plan.stages.flatMap((stage) => stage.steps).map(({ step }) => step.statement);
        const start = Math.min(...steps.map((statement) => statement.start));
        const end = Math.max(...steps.map((statement) => statement.end));
        report({
          at: { file, range: { start, end } },
          data,
          severity: isProven(plan) && !data.maybeTransaction ? 'warning' : 'information',
          fixes: (sources) => [
            awaitTogether({ file, plan, sources, maybeTransaction: data.maybeTransaction }),
            readInTransaction({ file, plan, sources }),
          ],
        });
      }
    }
  },
  message: ({ waits, trips, saved, maybeTransaction }) =>
    `${listed(waits)} are awaited one after another though they don't need each other: ` +
    `${trips} round trips in turn where ${trips - saved} would do. ` +
    (maybeTransaction
      ? 'Unless the client is a transaction, await them together with `Promise.all`.'
      : 'Await them together with `Promise.all`.'),
});

/** Within an interactive transaction there is one connection: nothing is gained. Tests set things up in order. */
function isSetUpOrTransaction(facts: TypeScriptFacts, run: AwaitRunFact): boolean {
  for (let index: number | undefined = run.function; index !== undefined; index = facts.functions[index]?.parent) {
    const callee = facts.functions[index]?.argumentOf?.callee;
    const name = callee && lastName(callee);
    if (name === '$transaction' || (name !== undefined && TEST_CALLBACKS.has(name))) return true;
  }
  return false;
}

function lastName(callee: Value): string | undefined {
  return callee.kind === 'member' || callee.kind === 'global' || callee.kind === 'import' ? callee.name : undefined;
}

function describe({ stages }: AwaitPlan): Data {
  const shared = stages.filter(isShared);
  const effects = shared.flatMap(({ steps }) => steps.flatMap((step) => step.effects));
  const trips = stages.reduce((sum, { steps }) => sum + steps.length, 0);
  const stagesLeft = stages.reduce((sum, stage) => sum + (isShared(stage) ? 1 : stage.steps.length), 0);
  return {
    waits: [...new Set(shared.flatMap(({ steps }) => steps.flatMap(namesOf)))],
    trips,
    saved: trips - stagesLeft,
    maybeTransaction: effects.some((effect) => effect.kind === 'query' && effect.maybeTransaction),
  };
}

/** True where two or more queries or requests stand in the open: in no function that is called, on no condition. */
function isProven({ stages }: AwaitPlan): boolean {
  const isOpen = (step: PlannedStep) =>
    !isConditional(step) && step.effects.some(({ kind }) => kind === 'query' || kind === 'request');
  return stages.some(({ steps }) => steps.filter(isOpen).length > 1);
}

function namesOf({ effects }: PlannedStep): string[] {
  return effects.length > 1 ? ['`Promise.all([…])`'] : effects.flatMap(nameOf);
}

function nameOf(effect: AwaitedEffect): string[] {
  switch (effect.kind) {
    case 'query':
      return [`\`${effect.query.model?.name ?? effect.query.operation}\``];
    case 'request':
    case 'function':
      return [`\`${effect.name}()\``];
    case 'body':
      return [];
  }
}

function listed(names: readonly string[]): string {
  const [only] = names;
  if (names.length === 1) return only?.endsWith('()`') ? `Several calls of ${only}` : `Several reads of ${only}`;
  return enumeration(names);
}
