import { setFlagsFromString } from 'node:v8';

/**
 * Tells the garbage collector of this process to give nothing that is made anew a place among the old. It does so
 * for kinds of objects that often live on, as parts of a syntax tree do while their file is read; but one part
 * among the old keeps its whole tree from being swept away with the young. Without it, a workspace that is read
 * takes a third more memory, and twice the time for collecting.
 */
export function keepTreesYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
