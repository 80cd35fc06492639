import { chmodSync } from 'node:fs';
import { join } from 'node:path';

/** Does something while nobody may read `name`. Root may read everything, so root acts as nobody meanwhile. */
export async function withoutPermission<T>(folder: string, name: string, act: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  chmodSync(folder, 0o755);
  chmodSync(join(folder, name), 0o000);
  if (isRoot) process.seteuid?.(65534);
  try {
    return await act();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(join(folder, name), 0o755);
  }
}
