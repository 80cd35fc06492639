/** How the rows that a call gives are used, where all of it can be seen: nothing else is done with them. */
export interface RowsFact {
  /** Of a list: what is read of any row. */
  readonly reads: PropertiesRead;
  /** Something asks how many rows a list has. */
  readonly counted?: true;
  /** Types, as written, that rows are given to on the way and that this file does not declare plainly: they may ask for more. */
  readonly types?: readonly string[];
}

/** The properties that are read, each with what is read of it in turn; `true` where it is used as a whole. */
export interface PropertiesRead {
  readonly [property: string]: PropertiesRead | true;
}
