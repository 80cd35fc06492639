import type { PropertiesRead } from './rowUseFacts';

/** Deeper than this, all of a value counts as read. */
const MAX_DEPTH = 5;

/** What is known so far of how one value is used: a row, a list of rows (one for all of them), a property. */
export class ValueUse {
  /** Some use can't be followed: any property may be read. */
  whole = false;
  private readonly properties = new Map<string, ValueUse>();

  constructor(private readonly depth = 0) {}

  /** The use of a property, which is read by being asked for. */
  property(name: string): ValueUse {
    let use = this.properties.get(name);
    if (!use) {
      use = new ValueUse(this.depth + 1);
      if (this.depth >= MAX_DEPTH) use.whole = true;
      this.properties.set(name, use);
    }
    return use;
  }

  /** The properties that are read, as plain data; nothing below those that are used as a whole. */
  read(): PropertiesRead {
    return Object.fromEntries([...this.properties].map(([name, use]) => [name, use.whole ? true : use.read()]));
  }
}
