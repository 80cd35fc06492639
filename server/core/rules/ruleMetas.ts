import { directiveRules } from './directives';
import { rules } from './index';
import type { RuleMeta } from './rule';

/** Everything that can be configured, documented and named in an ignore directive. */
export const ruleMetas: readonly RuleMeta[] = [...rules, ...directiveRules];
