import type { Timestamp } from '../core/fixes/sources';

/** Returns the timestamps from a moment on (milliseconds since 1970), as the folders of Prisma's migrations begin with them. */
export function timestampFrom(moment: number): Timestamp {
  return (secondsLater) => {
    const [whole = ''] = new Date(moment + secondsLater * 1000).toISOString().split('.');
    return whole.replace(/\D/g, '');
  };
}
