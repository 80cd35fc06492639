/** Returns a function of a file's name and text that works each pair out once: tests look at the same files again and again. */
export function rememberByText<T>(compute: (file: string, text: string) => T): (file: string, text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (file, text) => {
    const key = `${file}\n${text}`;
    const remembered = known.get(key) ?? { value: compute(file, text) };
    known.set(key, remembered);
    return remembered.value;
  };
}
