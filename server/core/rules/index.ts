import { countByLength } from './countByLength';
import { deepOffset } from './deepOffset';
import { discouragedColumnType } from './discouragedColumnType';
import { distinctInMemory } from './distinctInMemory';
import { duplicateQuery } from './duplicateQuery';
import { filterInMemory } from './filterInMemory';
import { findBeforeWrite } from './findBeforeWrite';
import { loopInvariantQuery } from './loopInvariantQuery';
import { lowSelectivityIndex } from './lowSelectivityIndex';
import { missingRelation } from './missingRelation';
import { nextConfigObsolete } from './nextConfigObsolete';
import { overFetch } from './overFetch';
import { parallelQueriesExhaustPool } from './parallelQueriesExhaustPool';
import { promiseAllInTransaction } from './promiseAllInTransaction';
import { queryInLoop } from './queryInLoop';
import { redundantIndex } from './redundantIndex';
import { resolverQuery } from './resolverQuery';
import type { Rule } from './rule';
import { sequentialAwaits } from './sequentialAwaits';
import { slowWorkInTransaction } from './slowWorkInTransaction';
import { tsconfigExclude } from './tsconfigExclude';
import { tsconfigInclude } from './tsconfigInclude';
import { tsconfigIncremental } from './tsconfigIncremental';
import { tsconfigSkipLibCheck } from './tsconfigSkipLibCheck';
import { tsconfigStrictFunctionTypes } from './tsconfigStrictFunctionTypes';
import { tsconfigTs7Ready } from './tsconfigTs7Ready';
import { tsconfigTypesStar } from './tsconfigTypesStar';
import { typeCheckHeap } from './typeCheckHeap';
import { typeCheckNotIncremental } from './typeCheckNotIncremental';
import { unboundedFindMany } from './unboundedFindMany';
import { unboundedInclude } from './unboundedInclude';
import { unindexableTextSearch } from './unindexableTextSearch';
import { unindexedForeignKey } from './unindexedForeignKey';
import { unindexedQuery } from './unindexedQuery';
import { unusedInclude } from './unusedInclude';
import { writeInLoop } from './writeInLoop';

/** Every rule, in the order of the documentation. Adding a rule: its file, its page, its line here. */
export const rules: readonly Rule[] = [
  queryInLoop,
  loopInvariantQuery,
  resolverQuery,
  writeInLoop,
  findBeforeWrite,
  duplicateQuery,
  sequentialAwaits,
  parallelQueriesExhaustPool,
  promiseAllInTransaction,
  slowWorkInTransaction,
  unboundedFindMany,
  countByLength,
  filterInMemory,
  overFetch,
  unusedInclude,
  unindexedForeignKey,
  unindexedQuery,
  redundantIndex,
  missingRelation,
  lowSelectivityIndex,
  discouragedColumnType,
  unindexableTextSearch,
  distinctInMemory,
  deepOffset,
  unboundedInclude,
  tsconfigSkipLibCheck,
  tsconfigIncremental,
  tsconfigInclude,
  tsconfigExclude,
  tsconfigTypesStar,
  tsconfigStrictFunctionTypes,
  tsconfigTs7Ready,
  typeCheckNotIncremental,
  typeCheckHeap,
  nextConfigObsolete,
];
