import type { CallFact, TypeScriptFacts, Value } from '../../syntax/typescript/facts';
import type { Model, Schema } from '../schemas/schema';

/** What the receiver of a query is: `transaction` is an interactive transaction's client. */
export type ClientKind = 'client' | 'transaction' | 'maybe-transaction' | 'unknown';

/** One Prisma call, with the model it is about. */
export interface Query {
  readonly file: string;
  readonly facts: TypeScriptFacts;
  readonly call: CallFact;
  readonly client: ClientKind;
  readonly schema: Schema;
  /** Absent for `$queryRaw` and its kind: a round trip of unknown shape. */
  readonly model?: Model;
  /** `findMany`, `create` … `$queryRaw`. */
  readonly operation: string;
  readonly effect: 'read' | 'write';
  /** The first argument; absent where there is none. */
  readonly args?: Value;
}
