import { type Format, formats, type OptionValues, oneOf, wholeNumber } from './options';
import { UsageError } from './usageError';

export interface TypeCheckArguments {
  readonly command: 'type-check';
  /** As typed: configurations, or their folders; the nearest configuration if none was. */
  readonly projects: readonly string[];
  readonly mode: 'incremental' | 'cold';
  /** Whether to run without a build cache, then filling one, then with it. */
  readonly isComparing: boolean;
  readonly isTraced: boolean;
  /** MiB. */
  readonly heapMb?: number;
  readonly checkers?: number;
  /** As typed. */
  readonly tscPath?: string;
  /** As typed. */
  readonly storage?: string;
  readonly format: Format;
}

export const typeCheckOptions = {
  project: { type: 'string' },
  compare: { type: 'boolean' },
  cold: { type: 'boolean' },
  trace: { type: 'boolean' },
  heap: { type: 'string' },
  checkers: { type: 'string' },
  tsc: { type: 'string' },
  storage: { type: 'string' },
  format: { type: 'string' },
} as const;

/** Understands what was typed after `perf-hints type-check`. Throws a {@link UsageError} for what it can't carry out. */
export function readTypeCheckArguments(values: OptionValues, paths: readonly string[]): TypeCheckArguments {
  const [path] = paths;
  if (path !== undefined) throw new UsageError(`type-check takes no paths: try --project ${path}`);
  for (const name of ['cold', 'trace']) {
    if (values.isSet('compare') && values.isSet(name)) {
      throw new UsageError(`--compare runs cold and warm by itself: leave out --${name}`);
    }
  }
  const heapMb = wholeNumber('--heap', values.text('heap'), 1);
  const checkers = wholeNumber('--checkers', values.text('checkers'), 1);
  const [tscPath, storage] = [values.text('tsc'), values.text('storage')];
  return {
    command: 'type-check',
    projects: values.texts('project'),
    // A trace of what was not checked tells nothing.
    mode: values.isSet('cold') || values.isSet('trace') ? 'cold' : 'incremental',
    isComparing: values.isSet('compare'),
    isTraced: values.isSet('trace'),
    ...(heapMb === undefined ? {} : { heapMb }),
    ...(checkers === undefined ? {} : { checkers }),
    ...(tscPath === undefined ? {} : { tscPath }),
    ...(storage === undefined ? {} : { storage }),
    format: oneOf(formats, '--format', values.text('format')) ?? 'text',
  };
}
