const KIB = 1024;
const MINUS = '\u2212';
/** Below it, "so many times as fast" says less than the percentage. */
const WORTH_A_FACTOR = 1.5;
/** Beyond it, one of the two is next to nothing. */
const TELLING_FACTOR = 100;

/** `640 ms`, `3.1 s`, `80 s`, `10.4 min`. */
export function duration(ms: number): string {
  const whole = Math.round(ms);
  if (whole < 1000) return `${whole} ms`;
  const seconds = whole / 1000;
  if (seconds < 600) return `${seconds < 20 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return `${(seconds / 60).toFixed(1)} min`;
}

/** `412 MB`, `3.9 GB`: in units of 1024, as process monitors and heap settings count. */
export function memory(bytes: number): string {
  const mib = bytes / KIB / KIB;
  return Math.round(mib) < 1000 ? `${Math.round(mib)} MB` : `${(mib / KIB).toFixed(1)} GB`;
}

/** `56,285`. */
export function quantity(value: number): string {
  return value.toLocaleString('en');
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${quantity(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `62%` of a whole; whole percents, but never `0%` of something. */
export function share(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (part / whole) * 100;
  return part > 0 && percent < 0.5 ? 'under 1%' : `${Math.round(percent)}%`;
}

/** The change in percent of what it was, to a tenth; undefined where it was nothing. */
export function percentChange(before: number, after: number): number | undefined {
  return before === 0 ? undefined : Math.round(((after - before) / before) * 1000) / 10;
}

/** `−62%`, `+4%`, `0%`; undefined where it was nothing. */
export function signedPercent(before: number, after: number): string | undefined {
  const percent = percentChange(before, after);
  return percent === undefined ? undefined : signed(Math.round(percent), (value) => `${quantity(value)}%`);
}

/** `−4.9 s`, `+12`, `0 ms`: the difference as `format` writes it, with its sign. */
export function signed(difference: number, format: (value: number) => string): string {
  const sign = difference < 0 ? MINUS : '+';
  return difference === 0 ? format(0) : `${sign}${format(Math.abs(difference))}`;
}

/** `2.6×`, `16×`, `over 100×`: how many times the larger is the smaller; undefined where that is hardly more than once. */
export function factor(before: number, after: number): string | undefined {
  const [small, large] = [Math.min(before, after), Math.max(before, after)];
  if (small <= 0 || large / small < WORTH_A_FACTOR) return undefined;
  const times = large / small;
  if (times > TELLING_FACTOR) return `over ${TELLING_FACTOR}×`;
  return `${times < 9.95 ? times.toFixed(1) : Math.round(times)}×`;
}
