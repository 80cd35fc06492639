import type { AwaitDeclarationFact, AwaitRunFact, AwaitStepFact, TypeScriptFacts } from '../../syntax/typescript/facts';
import type { Project } from '../project';
import { type AwaitedEffect, effectsOf } from './awaitedEffects';

/** A step of a run all of whose effects are known to be reads. */
export interface PlannedStep {
  readonly step: AwaitStepFact;
  readonly effects: readonly AwaitedEffect[];
}

/** What can go on at one time: declarations first, then the steps, which don't need each other. */
export interface AwaitStage {
  readonly declarations: readonly AwaitDeclarationFact[];
  readonly steps: readonly PlannedStep[];
}

/** How a stretch of a run could be awaited: stage after stage. At least one stage holds two round trips. */
export interface AwaitPlan {
  readonly stages: readonly AwaitStage[];
}

interface Numbered extends PlannedStep {
  readonly index: number;
}

/** The stretches of a run that would take fewer round trips if what is independent were awaited together. */
export function planAwaits(file: string, facts: TypeScriptFacts, run: AwaitRunFact, project: Project): AwaitPlan[] {
  return stretches(run, (step) => effectsOf(step, file, facts, project)).flatMap((steps) => plan(steps, run) ?? []);
}

/**
 * True for a stage whose steps are worth awaiting together: several round trips, and not only such as
 * depend on a condition, which may exclude each other.
 */
export function isShared({ steps }: Pick<AwaitStage, 'steps'>): boolean {
  const roundTrips = steps.filter(isRoundTrip);
  return roundTrips.length > 1 && !roundTrips.every(isConditional);
}

/** True for a step that awaits only on a condition. */
export function isConditional({ step }: PlannedStep): boolean {
  return step.awaits !== undefined;
}

/** Steps in a row that only read. One that may throw is the last of its stretch: what follows relies on it. */
function stretches(
  run: AwaitRunFact,
  effectsOfStep: (step: AwaitStepFact) => readonly AwaitedEffect[] | undefined,
): Numbered[][] {
  const found: Numbered[][] = [];
  let current: Numbered[] = [];
  run.steps.forEach((step, index) => {
    const effects = effectsOfStep(step);
    if (effects) current.push({ step, effects, index });
    if (effects && !effects.some((effect) => effect.kind === 'query' && effect.throws)) return;
    found.push(current);
    current = [];
  });
  found.push(current);
  return found.filter((steps) => steps.length > 1);
}

function plan(steps: readonly Numbered[], run: AwaitRunFact): AwaitPlan | undefined {
  const levels = levelsOf(steps);
  const onLevel = (level: number) => steps.filter((step) => levels.get(step) === level);
  const shared = new Set([...levels.values()].filter((level) => isShared({ steps: onLevel(level) })));
  const first = steps.findIndex((step) => shared.has(levels.get(step) ?? 0));
  const last = steps.findLastIndex((step) => shared.has(levels.get(step) ?? 0));
  const used = steps.slice(first, last + 1);
  if (first < 0 || sharesStatement(used, run)) return undefined;
  return { stages: stagesOf(used, run) };
}

/** The round trip in which each step could be awaited, counted from 1. */
function levelsOf(steps: readonly Numbered[]): ReadonlyMap<Numbered, number> {
  const levels = new Map<Numbered, number>();
  for (const step of steps) {
    const before = steps.filter(({ index }) => step.step.needs.includes(index));
    levels.set(step, 1 + Math.max(0, ...before.map((needed) => levels.get(needed) ?? 0)));
  }
  return levels;
}

function isRoundTrip({ effects }: PlannedStep): boolean {
  return effects.some((effect) => effect.kind !== 'body');
}

/** True if a statement with several declarations lies half outside: it can't be moved as a whole. */
function sharesStatement(used: readonly Numbered[], run: AwaitRunFact): boolean {
  const inside = new Set(used.map(({ step }) => step));
  const starts = new Set(used.map(({ step }) => step.statement.start));
  return run.steps.some((step) => !inside.has(step) && starts.has(step.statement.start));
}

function stagesOf(used: readonly Numbered[], run: AwaitRunFact): AwaitStage[] {
  const levels = levelsOf(used);
  const start = used[0]?.step.statement.start ?? 0;
  const end = used.at(-1)?.step.statement.end ?? 0;
  const between = run.declarations.filter(({ statement }) => start <= statement.start && statement.end <= end);
  const levelAt = new Map(used.map((step) => [step.index, levels.get(step) ?? 1]));
  const afterLevel = ({ needs }: AwaitDeclarationFact) => Math.max(0, ...needs.map((index) => levelAt.get(index) ?? 0));
  const count = Math.max(...levels.values());
  return Array.from({ length: count + 1 }, (_, level) => ({
    declarations: between.filter((declaration) => afterLevel(declaration) === level),
    steps: used.filter((step) => levels.get(step) === level + 1),
  }));
}
