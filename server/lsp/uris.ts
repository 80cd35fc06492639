import { fileURLToPath, pathToFileURL } from 'node:url';

/** Returns the absolute path that a `file:` URI names; undefined for any other URI, and for a broken one. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined; // A host name, an encoded slash, a bad escape: no file of this machine.
  }
}

/** Returns the `file:` URI of an absolute path. */
export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
