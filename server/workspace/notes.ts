/** Something a person may want to know about what was not analysed. */
export interface Note {
  /** Relative to the workspace folder, with `/`; `.` is the folder itself. */
  readonly file: string;
  readonly message: string;
}

/** What is said of a workspace without a schema. */
export const noSchema = 'no schema.prisma found: nothing can be said about queries.';

/** Says in a few words why the file system refused. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'no permission';
  if (code === 'ENOENT') return 'it is gone';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ELOOP') return 'its links lead in a circle';
  return error instanceof Error ? error.message : String(error);
}

/** Says all there is to say about an internal error, for a log. */
export function detailOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
