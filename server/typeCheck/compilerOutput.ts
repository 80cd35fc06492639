import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { ProgramFigures } from './run';

/** A line of the table that `--extendedDiagnostics` prints: `Check time:   4.33s`. */
const FIGURE = /^((?:Aggregate )?[\w/-]+(?: [\w/-]+)*):\s+(\d[\d.]*)(?:s|K|ms)?$/;
const ERROR = /^(?:(.+?)(?:\(\d+,\d+\): |:\d+:\d+ - ))?error TS\d+: /;
const LISTED_FILE = /^(?:\/|[A-Za-z]:[/\\]).*\.(?:[cm]?[jt]sx?|json)$/;

export interface CompilerOutputOptions {
  /** Whether it lists the files of its program (`--listFiles`). */
  readonly isListing: boolean;
  /** Takes what is meant for people, as it comes. */
  readonly pass: (text: string) => void;
  /** The files (absolute) that configure the project: an error in one of them is none of the code. */
  readonly configurations: readonly string[];
}

/** Reads what a compiler prints: counts its errors, keeps its figures, and passes on what it says to people. */
export class CompilerOutput {
  readonly files: string[] = [];
  readonly #figures = new Map<string, number>();
  readonly #configurations: ReadonlySet<string>;
  #errors = 0;
  #problem: string | undefined;
  #rest = '';

  constructor(readonly options: CompilerOutputOptions) {
    this.#configurations = new Set(options.configurations.map((file) => basename(file)));
  }

  /** Errors so far. */
  get errors(): number {
    return this.#errors;
  }

  /** The first error about the project itself instead of its code, in one line. */
  get problem(): string | undefined {
    return this.#problem;
  }

  write(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    const shown = lines.filter((line) => this.#isForPeople(line)).map((line) => `${line}\n`);
    if (shown.length > 0) this.options.pass(shown.join(''));
  }

  end(): void {
    if (this.#rest !== '') this.write('\n');
  }

  /** What the compiler said of its program; for a solution, of all that it built, if it built anything. */
  figures(): ProgramFigures {
    const built = this.#figures.get('Projects built');
    const prefix = built === undefined ? '' : 'Aggregate ';
    const isNothing = built === 0 || this.#figures.get(`${prefix}Files`) === 0;
    const of = (label: string): number | undefined => (isNothing ? undefined : this.#figures.get(prefix + label));
    const kinds = [...this.#figures.keys()]
      .filter((label) => label.startsWith(`${prefix}Lines of `))
      .map((label) => of(label.slice(prefix.length)) ?? 0);
    const figures = {
      files: of('Files'),
      lines: of('Lines') ?? (kinds.length > 0 && !isNothing ? kinds.reduce((sum, count) => sum + count) : undefined),
      parseMs: milliseconds(of('Parse time')),
      bindMs: milliseconds(of('Bind time')),
      checkMs: milliseconds(of('Check time')),
      totalMs: milliseconds(this.#figures.get('Build time') ?? of('Total time')),
    };
    return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
  }

  #isForPeople(line: string): boolean {
    const text = stripVTControlCharacters(line).trimEnd();
    const figure = FIGURE.exec(text);
    if (figure) {
      this.#figures.set(figure[1] ?? '', Number(figure[2]));
      return false;
    }
    const error = ERROR.exec(text);
    if (error) {
      this.#errors++;
      const [, file] = error;
      if (file === undefined || this.#configurations.has(basename(file))) this.#problem ??= text.replace(/^error /, '');
    } else if (this.options.isListing && LISTED_FILE.test(text)) {
      this.files.push(text);
      return false;
    }
    return true;
  }
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
