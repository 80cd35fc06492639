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
  /** Part of the title of the fix that this fence shows the result of; `none`: no fix is offered. */
  readonly fix?: string;
  /** File name → its text, marks included. */
  readonly files: ReadonlyMap<string, string>;
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
const INFO_WORD = /fix="([^"]*)"|fix=(\S+)|(\S+)/g;

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
        files: splitFiles(lines.slice(index + 1, close), defaultFile),
      });
    }
    index = close;
  }
  return fences;
}

function readInfo(info: string, line: number): Pick<Fence, 'shared' | 'broken' | 'fix'> {
  let shared = false;
  let broken = false;
  let fix: string | undefined;
  for (const [word, quoted, bare] of info.matchAll(INFO_WORD)) {
    if (quoted !== undefined || bare !== undefined) fix = quoted ?? bare;
    else if (word === 'shared') shared = true;
    else if (word === 'broken') broken = true;
    else throw new Error(`line ${line}: unknown word "${word}"; known: shared, broken, fix="…", fix=none`);
  }
  return { shared, broken, ...(fix === undefined ? {} : { fix }) };
}

/** Splits lines at `// file: name`; those lines belong to no file. */
function splitFiles(lines: readonly string[], defaultFile: string): Map<string, string> {
  const files = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of lines) {
    const name = FILE_LINE.exec(line)?.[1];
    if (name) {
      current = [];
      files.set(name, current);
    } else if (current || line.trim()) {
      current ??= [];
      if (files.size === 0) files.set(defaultFile, current);
      current.push(line);
    }
  }
  return new Map([...files].map(([name, content]) => [name, `${trimBlank(content).join('\n')}\n`]));
}

/** Blank lines around a file only set it apart from the next one in its fence. */
function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim());
  const last = lines.findLastIndex((line) => line.trim());
  return first < 0 ? [] : lines.slice(first, last + 1);
}
