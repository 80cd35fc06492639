import type { Comparison } from './comparison';
import { comparable, FIGURES } from './comparisonRows';
import { percentChange } from './figures';
import type { TypeCheckRun } from './run';

/** How a figure went from one run to the other; percent of what it was, absent where that was nothing. */
interface JsonChange {
  readonly difference: number;
  readonly percent?: number;
}

/**
 * Returns a comparison as JSON by `schemas/type-check-comparison.schema.json`; ends with a line break. Times are
 * milliseconds, memory is bytes. A change is given only where both figures are those of a whole check.
 */
export function comparisonJson({ project, before, after, warnings, runs }: Comparison): string {
  const document = {
    schemaVersion: 1,
    project,
    before: before ?? null,
    after,
    change: before ? changes(before, after) : {},
    warnings,
    runs,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function changes(before: TypeCheckRun, after: TypeCheckRun): Readonly<Record<string, JsonChange>> {
  const entries = Object.entries(FIGURES).flatMap(([name, figure]): [string, JsonChange][] => {
    const both = comparable(figure, before, after);
    if (!both) return [];
    const percent = percentChange(both.was, both.is);
    return [[name, { difference: both.is - both.was, ...(percent !== undefined && { percent }) }]];
  });
  return Object.fromEntries(entries);
}
