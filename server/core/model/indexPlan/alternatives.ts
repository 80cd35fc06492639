import type { Condition } from '../queries/condition';

/** More ways than this to put a `where` together say nothing any more. */
const MAX_ALTERNATIVES = 8;

/**
 * Returns the conditions that hold together, for each way the code may put them together. What may be
 * left out is left out: an index must be of use without it. Never empty; too many ways are one hidden one.
 */
export function alternativesOf(condition: Condition): readonly (readonly Condition[])[] {
  const ways = expand(condition);
  return ways.length > MAX_ALTERNATIVES ? [[{ kind: 'hidden' }]] : ways;
}

function expand(condition: Condition): (readonly Condition[])[] {
  switch (condition.kind) {
    case 'all': {
      let ways: (readonly Condition[])[] = [[]];
      for (const part of condition.parts) {
        const more = expand(part);
        ways = ways.flatMap((way) => more.map((conditions) => [...way, ...conditions]));
        if (ways.length > MAX_ALTERNATIVES) break;
      }
      return ways;
    }
    case 'either':
      return isOneEquality(condition.options) ? expandFirst(condition.options) : condition.options.flatMap(expand);
    case 'any': {
      const [only, ...more] = condition.parts;
      return only && more.length === 0 ? expand(only.kind === 'optional' ? only.part : only) : [[condition]];
    }
    case 'optional':
      return [[]];
    default:
      return [[condition]];
  }
}

function expandFirst([first]: readonly Condition[]): (readonly Condition[])[] {
  return first ? expand(first) : [[]];
}

/** One of several values of one field. */
function isOneEquality(options: readonly Condition[]): boolean {
  const [first] = options;
  return options.every(
    (option) =>
      first?.kind === 'field' &&
      option.kind === 'field' &&
      option.field === first.field &&
      option.test.operator === first.test.operator &&
      (option.test.operator === 'equals' || option.test.operator === 'in'),
  );
}
