/** One fenced block of a rule page, with the files it holds. */
export interface Fence {
  /** The line of the opening fence in the page, 1-based. */
  readonly line: number;
  /** The nearest heading above it. */
  readonly heading: string;
  readonly language: string;
  readonly shared: boolean;
  /** The code is meant to be half-written: parse errors are expected. */
  readonly broken: boolean;
  /** The code stands in the shop of `test/proof/shop`, not beside the page's own shared files. */
  readonly shop: boolean;
  /** Part of the title of the fix that this fence shows the result of; `none`: no fix is offered. */
  readonly fix?: string;
  /** What the fix was measured to save, as `npm run prove` wrote it; empty: still to be measured. */
  readonly proof?: string;
  /** The calls by which the code is tried on a database: `// run: ordersOf([1, 2])`. */
  readonly runs: readonly Run[];
  /** File name → its text, marks included. */
  readonly files: ReadonlyMap<string, string>;
}

/** An expression over what a file exports. */
export interface Run {
  readonly file: string;
  readonly expression: string;
}

/** The name of a fence's first file, where its first line names none. */
const DEFAULT_FILES: Readonly<Record<string, string>> = {
  ts: 'example.ts',
  tsx: 'example.tsx',
  js: 'example.js',
  jsx: 'example.jsx',
  prisma: 'schema.prisma',
  json: 'package.json',
  sql: 'prisma/migrations/1_example/migration.sql',
};

const OPENING = /^(`{3,})(\w+)[ \t]*(.*)$/;
const FILE_LINE = /^[ \t]*(?:\/\/|--|#) file: (\S+)[ \t]*$/;
const RUN_LINE = /^[ \t]*\/\/ run: (.+)$/;
const INFO_WORD = /(fix|proof)="([^"]*)"|(fix)=(\S+)|(\S+)/g;

/**
 * Returns the fences of a page that hold code of a language the rules read, in order; fences of
 * other languages (`sh`, `text` …) are prose. Throws on an info word it does not know and on a
 * fence that is never closed, naming the line.
 */
export function readFences(page: string): Fence[] {
  const lines = page.split('\n');
  const fences: Fence[] = [];
  let heading = '';
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^#+ /.test(line)) heading = line.replace(/^#+ /, '').trim();
    const opening = OPENING.exec(line);
    if (!opening) continue;
    const [, ticks = '```', language = '', info = ''] = opening;
    const close = lines.indexOf(ticks, index + 1);
    if (close < 0) throw new Error(`line ${index + 1}: this fence is never closed`);
    const defaultFile = DEFAULT_FILES[language];
    if (defaultFile) {
      fences.push({
        line: index + 1,
        heading,
        language,
        ...readInfo(info, index + 1),
        ...splitFiles(lines.slice(index + 1, close), defaultFile),
      });
    }
    index = close;
  }
  return fences;
}

function readInfo(info: string, line: number): Pick<Fence, 'shared' | 'broken' | 'shop' | 'fix' | 'proof'> {
  const given = new Map<string, string>();
  for (const [, quotedKey, quoted = '', bareKey, bare = '', word = ''] of info.matchAll(INFO_WORD)) {
    if (quotedKey ?? bareKey) given.set(quotedKey ?? bareKey ?? '', quotedKey ? quoted : bare);
    else if (['shared', 'broken', 'shop'].includes(word)) given.set(word, '');
    else
      throw new Error(
        `line ${line}: unknown word "${word}"; known: shared, broken, shop, fix="…", fix=none, proof="…"`,
      );
  }
  const [fix, proof] = [given.get('fix'), given.get('proof')];
  return {
    shared: given.has('shared'),
    broken: given.has('broken'),
    shop: given.has('shop'),
    ...(fix === undefined ? {} : { fix }),
    ...(proof === undefined ? {} : { proof }),
  };
}

/** Splits lines at `// file: name`; those lines, and the `// run:` lines, belong to no file. */
function splitFiles(lines: readonly string[], defaultFile: string): Pick<Fence, 'files' | 'runs'> {
  const files = new Map<string, string[]>();
  const runs: Run[] = [];
  let current: string[] | undefined;
  for (const line of lines) {
    const name = FILE_LINE.exec(line)?.[1];
    const expression = RUN_LINE.exec(line)?.[1];
    if (expression) {
      runs.push({ file: [...files.keys()].at(-1) ?? defaultFile, expression: expression.trim() });
    } else if (name) {
      current = [];
      files.set(name, current);
    } else if (current || line.trim()) {
      current ??= [];
      if (files.size === 0) files.set(defaultFile, current);
      current.push(line);
    }
  }
  return { files: new Map([...files].map(([name, content]) => [name, `${trimBlank(content).join('\n')}\n`])), runs };
}

/** Blank lines around a file only set it apart from the next one in its fence. */
function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim());
  const last = lines.findLastIndex((line) => line.trim());
  return first < 0 ? [] : lines.slice(first, last + 1);
}
