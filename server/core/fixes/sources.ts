import type ts from 'typescript';

/** The texts that fixes are computed from, all of one moment. */
export interface Sources {
  /** The text of a file of the workspace; undefined where it is gone. */
  text(file: string): string | undefined;
  /** Its syntax tree, parsed on demand; undefined where the file is gone or no TypeScript. */
  tree(file: string): ts.SourceFile | undefined;
  /**
   * The moment, or some seconds later, in UTC as `YYYYMMDDHHmmss`: new files are named by it. Absent where
   * a fix may create none.
   */
  readonly timestamp?: Timestamp;
}

export type Timestamp = (secondsLater: number) => string;
