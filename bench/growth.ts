import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { mediansOf, runNode } from './measure';

/** Returns how much longer the audit of twice the files takes: two copies beside each other against one. */
export async function measureGrowth(
  folder: string,
  files: readonly string[],
  scratch: string,
  rounds: number,
  cli: string,
): Promise<number> {
  const [once, twice] = [join(scratch, 'once'), join(scratch, 'twice')];
  for (const copy of [join(once, 'a'), join(twice, 'a'), join(twice, 'b')]) {
    for (const file of files) {
      const target = join(copy, relative(folder, file));
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(file, target);
    }
  }
  const audit = (copy: string) => () => runNode([cli, 'audit', copy, '--exit-zero']);
  const medians = await mediansOf(rounds, { once: audit(once), twice: audit(twice) });
  return medians.twice.milliseconds / medians.once.milliseconds;
}
