import type { CheckOptions } from './checkProject';
import type { Compiler } from './compiler';
import type { Configuration } from './configuration';
import type { ProjectStorage } from './storage';

/** A check, with all that was found out before it. */
export interface Plan extends CheckOptions {
  readonly compiler: Compiler;
  readonly configuration: Configuration;
  /** For a solution: the projects that it refers to, and those that they refer to. */
  readonly referred: readonly Configuration[];
  /** Absent where nothing can be kept. */
  readonly place?: ProjectStorage;
  readonly usesOurCache: boolean;
}
