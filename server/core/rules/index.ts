import { redundantIndex } from './redundantIndex';
import type { Rule } from './rule';
import { unboundedFindMany } from './unboundedFindMany';
import { unindexedForeignKey } from './unindexedForeignKey';

/** Every rule, in the order of the documentation. Adding a rule: its file, its page, its line here. */
export const rules: readonly Rule[] = [unboundedFindMany, unindexedForeignKey, redundantIndex];
