/** Returns the texts of `all` that are not in `known`, each counted as often as it occurs. */
export function without(all: readonly string[], known: readonly string[]): string[] {
  const rest = [...known];
  return all.filter((text) => {
    const index = rest.indexOf(text);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
