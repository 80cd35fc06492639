import { discouragedColumnType } from './discouragedColumnType';
import { loopInvariantQuery } from './loopInvariantQuery';
import { lowSelectivityIndex } from './lowSelectivityIndex';
import { missingRelation } from './missingRelation';
import { queryInLoop } from './queryInLoop';
import { redundantIndex } from './redundantIndex';
import { resolverQuery } from './resolverQuery';
import type { Rule } from './rule';
import { sequentialAwaits } from './sequentialAwaits';
import { unboundedFindMany } from './unboundedFindMany';
import { unindexedForeignKey } from './unindexedForeignKey';
import { unindexedQuery } from './unindexedQuery';
import { writeInLoop } from './writeInLoop';

/** Every rule, in the order of the documentation. Adding a rule: its file, its page, its line here. */
export const rules: readonly Rule[] = [
  queryInLoop,
  loopInvariantQuery,
  resolverQuery,
  writeInLoop,
  sequentialAwaits,
  unboundedFindMany,
  unindexedForeignKey,
  unindexedQuery,
  redundantIndex,
  missingRelation,
  lowSelectivityIndex,
  discouragedColumnType,
];
