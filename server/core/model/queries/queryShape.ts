import type { Property, Value } from '../../syntax/typescript/facts';
import type { Condition } from './condition';
import type { Query } from './query';
import { readWhere } from './readWhere';

/** What the arguments of a query say, as far as the code shows it. */
export interface QueryShape {
  /** False where the arguments, or a part of them, can't be seen: an option that is not here may still be set. */
  readonly complete: boolean;
  /** Which rows it is about. */
  readonly where: Condition;
  /** The options as written, by name (`take`, `orderBy`, `distinct` …); none whose value is `undefined`. */
  readonly options: ReadonlyMap<string, Property>;
}

/** Returns the shape of a query; undefined for a raw one, whose model is not known. */
export function readQueryShape({ args, model, schema }: Query): QueryShape | undefined {
  if (!model) return undefined;
  const { properties, open } = optionsOf(args);
  const options = new Map(
    properties.filter(({ value }) => value.kind !== 'undefined').map((property) => [property.key, property]),
  );
  const where = options.get('where');
  const condition = readWhere(where?.value, model, schema);
  return {
    complete: !open,
    where: where?.optional ? { kind: 'optional', part: condition } : condition,
    options,
  };
}

function optionsOf(args: Value | undefined): { readonly properties: readonly Property[]; readonly open: boolean } {
  if (!args || args.kind === 'undefined') return { properties: [], open: false };
  return args.kind === 'object' ? args : { properties: [], open: true };
}
