import type { ArgumentFact, AttributeFact, SchemaValue } from '../../syntax/prisma/facts';

/** Returns the first attribute of that name, or undefined. */
export function findAttribute(attributes: readonly AttributeFact[], name: string): AttributeFact | undefined {
  return attributes.find((attribute) => attribute.name === name);
}

/** Returns the argument with that keyword, or undefined. */
export function namedArgument(args: readonly ArgumentFact[], name: string): SchemaValue | undefined {
  return args.find((argument) => argument.name === name)?.value;
}

/** Returns the first argument without a keyword, or undefined. */
export function positionalArgument(args: readonly ArgumentFact[]): SchemaValue | undefined {
  return args.find((argument) => argument.name === undefined)?.value;
}

/** The values of a list; a lone value stands for a list of one (`@@index(field)`). */
export function listItems(value: SchemaValue | undefined): readonly SchemaValue[] {
  if (!value) return [];
  return value.kind === 'list' ? value.values : [value];
}

/** The names a list or a lone name holds: `[a, b]` → `a`, `b`. */
export function names(value: SchemaValue | undefined): string[] {
  return listItems(value)
    .filter((item) => item.kind === 'name')
    .map((item) => item.value);
}

/** The text of a string; undefined for any other value. */
export function stringValue(value: SchemaValue | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

/** The database name that `@map("…")` or `@@map(name: "…")` gives, else `name` itself. */
export function mappedName(attributes: readonly AttributeFact[], name: string): string {
  const args = findAttribute(attributes, 'map')?.arguments ?? [];
  return stringValue(positionalArgument(args) ?? namedArgument(args, 'name')) ?? name;
}

/** The native type as one word, `db.VarChar(36)`; undefined where the provider's default counts. */
export function nativeType(attributes: readonly AttributeFact[]): string | undefined {
  const attribute = attributes.find(({ name }) => name.startsWith('db.'));
  if (!attribute) return undefined;
  const sizes = attribute.arguments.map(({ value }) => (value.kind === 'list' ? '' : value.value));
  return sizes.length > 0 ? `${attribute.name}(${sizes.join()})` : attribute.name;
}
