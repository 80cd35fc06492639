/** Something a person may want to know about what was not analysed. */
export interface Note {
  /** Relative to the workspace folder, with `/`; `.` is the folder itself. */
  readonly file: string;
  readonly message: string;
}

/** Says in a few words why the file system refused. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'no permission';
  if (code === 'ENOENT') return 'it is gone';
  return error instanceof Error ? error.message : String(error);
}
