import type { Model } from './schema';

/**
 * Returns a function that finds the model a word names, whatever the case: `orderItem` and `order_item`
 * name `OrderItem`, `order_items` and `OrderItems`. Undefined where none or more than one is named so.
 */
export function createModelNames(models: Iterable<Model>): (word: string) => Model | undefined {
  const byName = new Map<string, Model[]>();
  for (const model of models) {
    const name = plain(model.name);
    byName.set(name, [...(byName.get(name) ?? []), model]);
  }
  return (word) => {
    const singular = plain(word);
    const plurals = [
      `${singular}s`,
      `${singular}es`,
      ...(singular.endsWith('y') ? [`${singular.slice(0, -1)}ies`] : []),
    ];
    const found = [singular, ...plurals].flatMap((name) => byName.get(name) ?? []);
    return found.length === 1 ? found[0] : undefined;
  };
}

/** The words of a name in camel, Pascal or snake case, in small letters. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter((word) => word !== '');
}

function plain(name: string): string {
  return name.replace(/_/g, '').toLowerCase();
}
