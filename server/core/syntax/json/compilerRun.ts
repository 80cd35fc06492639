import type { Range } from '../../text/range';

/** A run of the TypeScript compiler, as a script of a package or a task of the editor asks for it. */
export interface CompilerRun {
  readonly compiler: 'tsc' | 'vue-tsc';
  /** From the compiler's name to its last argument; of a task with a list of arguments, its command alone. */
  readonly range: Range;
  /** Its arguments, as it gets them. */
  readonly args: readonly string[];
  /** Where an argument can be added, and whether as words of a command line or as elements of a list. */
  readonly argumentsEnd: { readonly offset: number; readonly as: 'words' | 'elements' };
  /** Where `NAME=value ` can be written for the run; absent for a task. */
  readonly environmentAt?: number;
  /** `cross-env` stands before that place. */
  readonly crossEnv?: true;
  /** What is said in front of it about Node: the size of its heap, some other of `NODE_OPTIONS`, or what can't be seen. */
  readonly nodeOptions?: 'heap' | 'others' | 'unknown';
}
