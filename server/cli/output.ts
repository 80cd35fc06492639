/** Where a command writes, and when it must stop. */
export interface Output {
  readonly currentFolder: string;
  /** The result: what may be piped into another program. */
  result(text: string): void;
  /** What another program says beside its result, as it is. */
  complaint(text: string): void;
  /** A line beside the result. */
  note(line: string): void;
  readonly colour: boolean;
  /** Columns of the terminal; absent where the result goes elsewhere. */
  readonly width?: number;
  readonly signal: AbortSignal;
}

/** 0: nothing that fails it; 1: findings, or errors in types; 2: it could not be done as asked. */
export type ExitCode = 0 | 1 | 2;
