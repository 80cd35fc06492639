import type { Model, Schema } from '../schemas/schema';
import type { Access } from './access';
import { type Candidate, candidatesFor } from './candidates';
import { type Need, needOf } from './needOf';
import { fits, indexesOf, isServed, type PlannedIndex } from './servedBy';

/** An index that a model lacks, and the accesses that it would serve, in the order they were given. */
export interface IndexProposal extends Candidate {
  readonly accesses: readonly Access[];
  /** What most of the accesses need of it. */
  readonly need: Need;
}

interface OpenNeed {
  readonly access: Access;
  readonly need: Need;
  readonly candidates: readonly Candidate[];
}

/** What an access needs that no index of the schema gives it; `wider` as in {@link needOf}. */
interface Unserved {
  readonly need?: Need;
  readonly wider?: Need;
}

/** Accesses and models live as long as the texts they were read from: what is known of them holds as long. */
const unserved = new WeakMap<Access, Unserved>();

/**
 * Returns a small set of indexes that serves all accesses of a model that no index serves: again and
 * again the one that serves most of what is left. An index is extended once at most.
 */
export function planIndexes(model: Model, schema: Schema, accesses: readonly Access[]): readonly IndexProposal[] {
  const existing = indexesOf(model, schema);
  const lacking = accesses.map((access) => ({ access, ...unservedBy(existing, access, schema) }));
  const needs = lacking.filter(({ need }) => need !== undefined);
  if (needs.length === 0) return [];
  const shared = countEqualities(accesses);
  let open = needs.flatMap(({ access, need }): OpenNeed[] =>
    need ? [{ access, need, candidates: candidatesFor(access, need, existing, shared) }] : [],
  );
  const proposals: IndexProposal[] = [];
  while (open.length > 0) {
    const best = bestOf(open);
    if (!best) break;
    proposals.push(best);
    const spent = best.extended;
    const now = [asIndex(best)];
    open = open
      .filter(({ access, need }) => !isServed(access, need, now))
      .map((one) => ({ ...one, candidates: one.candidates.filter(({ extended }) => !spent || extended !== spent) }));
  }
  return proposals.map((proposal) => {
    const index = asIndex(proposal);
    const helped = lacking.filter(({ access, wider }) => wider && serves(index, access, wider));
    return { ...proposal, accesses: helped.map(({ access }) => access) };
  });
}

function unservedBy(existing: readonly PlannedIndex[], access: Access, schema: Schema): Unserved {
  const known = unserved.get(access);
  if (known) return known;
  const [need, wider] = [needOf(access, schema), needOf(access, schema, true)].map((one) =>
    one && !isServed(access, one, existing) ? one : undefined,
  );
  const found = { ...(need ? { need } : {}), ...(wider ? { wider } : {}) };
  unserved.set(access, found);
  return found;
}

function countEqualities(accesses: readonly Access[]): (column: string) => number {
  const counts = new Map<string, number>();
  for (const { equals } of accesses) for (const { name } of equals) counts.set(name, (counts.get(name) ?? 0) + 1);
  return (column) => counts.get(column) ?? 0;
}

function serves(index: PlannedIndex, access: Access, need: Need): boolean {
  return isServed(access, need, [index]) && fits(index, access, need);
}

function bestOf(open: readonly OpenNeed[]): IndexProposal | undefined {
  let best: IndexProposal | undefined;
  const seen = new Set<string>();
  for (const candidate of open.flatMap(({ candidates }) => candidates)) {
    const key = keyOf(candidate);
    if (seen.has(key)) continue;
    seen.add(key);
    const index = asIndex(candidate);
    const served = open.filter(({ access, need }) => serves(index, access, need));
    if (served.length === 0) continue;
    const proposal = { ...candidate, accesses: served.map(({ access }) => access), need: mostOf(served) };
    if (!best || isBetter(proposal, best)) best = proposal;
  }
  return best;
}

/** More queries served, then nothing new to keep up to date, then more of what they ask. */
function isBetter(a: IndexProposal, b: IndexProposal): boolean {
  const difference =
    a.accesses.length - b.accesses.length ||
    Number(a.extended !== undefined) - Number(b.extended !== undefined) ||
    a.columns.length - b.columns.length;
  return difference > 0 || (difference === 0 && keyOf(a) < keyOf(b));
}

function mostOf(served: readonly OpenNeed[]): Need {
  const count = (need: Need): number => served.filter((one) => one.need === need).length;
  const needs: readonly Need[] = ['rows', 'order', 'stretch'];
  return needs.reduce((most, need) => (count(need) > count(most) ? need : most));
}

function asIndex({ columns }: Candidate): PlannedIndex {
  return { columns: columns.map(({ name }) => name), unique: false, extendable: true, hash: false };
}

function keyOf({ columns, extended }: Candidate): string {
  return `${extended ? '+' : ' '}${columns.map(({ name, sort }) => `${name} ${sort}`).join()}`;
}
