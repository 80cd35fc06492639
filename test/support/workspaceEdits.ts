import { seededRandom } from './random';

/** Files by name; undefined: removed. */
export type WorkspaceChange = ReadonlyMap<string, string | undefined>;

type Texts = ReadonlyMap<string, string>;
type Random = ReturnType<typeof seededRandom>;

/** A run of changes that people make to a workspace, each to what the ones before have left; repeatable by its seed. */
export function* workspaceEdits(texts: Texts, seed: number, count: number): Generator<WorkspaceChange> {
  const random = seededRandom(seed);
  const current = new Map(texts);
  const removed = new Map<string, string>();
  for (let index = 0; index < count; index++) {
    const change = random.pick(CHANGES)(current, removed, random);
    for (const [file, text] of change) {
      if (text === undefined) current.delete(file);
      else current.set(file, text);
    }
    if (change.size > 0) yield change;
  }
}

const CHANGES: readonly ((
  current: Map<string, string>,
  removed: Map<string, string>,
  random: Random,
) => WorkspaceChange)[] = [
  /** A file is deleted. */
  (current, removed, random) => {
    const file = random.pick(sources(current));
    removed.set(file, current.get(file) ?? '');
    return new Map([[file, undefined]]);
  },
  /** A deleted file is back. */
  (_, removed, random) => {
    if (removed.size === 0) return new Map();
    const [file, text] = random.pick([...removed]);
    removed.delete(file);
    return new Map([[file, text]]);
  },
  /** A file is moved; who imported it does not know yet. */
  (current, _, random) => {
    const file = random.pick(sources(current));
    return new Map([
      [file, undefined],
      [file.replace(/(\w+)\.(\w+)$/, '$1Moved.$2'), current.get(file) ?? ''],
    ]);
  },
  /** An export is renamed, or hidden. */
  (current, _, random) => {
    const file = random.pick(sources(current));
    const text = current.get(file) ?? '';
    const renamed =
      random.below(2) === 0
        ? text.replace(/export (async )?function (\w+)/, 'export $1function $2Renamed')
        : text.replace('export ', '');
    return new Map([[file, renamed]]);
  },
  /** A line of code goes, or a statement with calls is written twice. */
  (current, _, random) => {
    const file = random.pick(sources(current));
    const lines = (current.get(file) ?? '').split('\n');
    const at = random.below(lines.length);
    const isCall = /^\s*(const \w+ = )?await .*;$/.test(lines[at] ?? '');
    lines.splice(at, 1, ...(isCall ? [`{ ${lines[at]} }`, lines[at] ?? ''] : []));
    return new Map([[file, lines.join('\n')]]);
  },
  /** A function sends one query more, before the rest. */
  (current, _, random) => {
    const file = random.pick(sources(current));
    const text = current.get(file) ?? '';
    return new Map([
      [file, text.replace(/(async function \w+\([^)]*\)[^{]*\{)/, '$1\n  await prisma.account.count();')],
    ]);
  },
  /** An index goes from the schema, or a field. */
  (current, _, random) => {
    const file = random.pick([...current.keys()].filter((name) => name.endsWith('.prisma')));
    const lines = (current.get(file) ?? '').split('\n');
    lines.splice(random.below(lines.length), 1);
    return new Map([[file, lines.join('\n')]]);
  },
];

function sources(texts: Texts): string[] {
  return [...texts.keys()].filter((file) => /\.[jt]sx?$/.test(file)).sort();
}
