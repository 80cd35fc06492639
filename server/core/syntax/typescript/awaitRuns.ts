import type { AwaitRunFact } from './facts';
import type { Tables } from './tables';
import type { Values } from './values';

/** Finds the runs of awaits in one block that could be awaited together. */
export function readAwaitRuns(tables: Tables, values: Values): AwaitRunFact[] {
  void tables;
  void values;
  return [];
}
