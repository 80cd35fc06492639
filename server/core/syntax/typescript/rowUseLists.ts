/** What a method of arrays does with the elements. */
export interface ListMethod {
  /** The parameters of its callback that are elements. */
  readonly takes?: readonly number[];
  /** How many parameters that callback may have before it takes the list itself. */
  readonly most?: number;
  /** What it gives back of the elements: some of them, one of them, pairs of index and element. */
  readonly gives?: 'list' | 'row' | 'entries';
}

const VISITS: ListMethod = { takes: [0], most: 2 };
const KEEPS: ListMethod = { takes: [0], most: 2, gives: 'list' };
const PICKS: ListMethod = { takes: [0], most: 2, gives: 'row' };
const SORTS: ListMethod = { takes: [0, 1], gives: 'list' };

/** The methods of arrays that need no more of a row than their callback does. */
export const LIST_METHODS: ReadonlyMap<string, ListMethod> = new Map<string, ListMethod>([
  ...['map', 'flatMap', 'forEach', 'some', 'every', 'findIndex', 'findLastIndex'].map((name): [string, ListMethod] => [
    name,
    VISITS,
  ]),
  ['filter', KEEPS],
  ['find', PICKS],
  ['findLast', PICKS],
  ['sort', SORTS],
  ['toSorted', SORTS],
  ['reduce', { takes: [1], most: 3 }],
  ['reduceRight', { takes: [1], most: 3 }],
  ...['slice', 'reverse', 'toReversed'].map((name): [string, ListMethod] => [name, { gives: 'list' }]),
  ...['at', 'pop', 'shift'].map((name): [string, ListMethod] => [name, { gives: 'row' }]),
  ['entries', { gives: 'entries' }],
]);
