import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ConfigProblem, ConfigSettings, RuleSetting, RuleSettings } from '../config';
import { ruleMetas } from '../rules/ruleMetas';
import { didYouMean } from '../text/nearestWord';
import type { Range } from '../text/range';
import { isGlob } from './globs';

/** What a rule can be set to. */
export const ruleSettings: readonly RuleSetting[] = ['off', 'warning', 'information', 'hint', 'default'];

export interface ReadConfig {
  readonly settings: ConfigSettings;
  /** In offsets of the text read. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads a `perf-hints.config.json` (comments and trailing commas allowed). Never fails: what is not
 * understood becomes a problem at its place, the rest counts.
 */
export function readConfig(text: string, ruleIds: readonly string[] = ruleMetas.map(({ id }) => id)): ReadConfig {
  const problems: ConfigProblem[] = [];
  const syntaxErrors: ParseError[] = [];
  const tree = parseTree(text, syntaxErrors, { allowTrailingComma: true });
  const report: Report = (range, message) => problems.push({ message, range });
  for (const { error, offset, length } of syntaxErrors) {
    report({ start: offset, end: offset + length }, `Invalid JSON: ${wordsOf(printParseErrorCode(error))}.`);
  }
  const reader: Reader = { ruleIds, report };
  const settings = tree ? readObject<ConfigSettings>(reader, tree, 'The configuration', sections) : {};
  return { settings, problems: problems.sort((a, b) => a.range.start - b.range.start) };
}

type Report = (range: Range, message: string) => void;

interface Reader {
  readonly ruleIds: readonly string[];
  readonly report: Report;
}

/** Reads one value; undefined where nothing of it can be used. */
type Section = (reader: Reader, value: Node, name: string) => unknown;

const overrideSections: Readonly<Record<string, Section>> = { files: readGlobs, rules: readRules };

const sections: Readonly<Record<string, Section>> = {
  $schema: () => undefined,
  rules: readRules,
  include: readGlobs,
  exclude: readGlobs,
  aside: readGlobs,
  overrides: (reader, value, name) =>
    readArray(reader, value, name, (element) => {
      const override = readObject<{ files?: string[]; rules?: RuleSettings }>(
        reader,
        element,
        'An override',
        overrideSections,
      );
      if (element.type === 'object' && !override.files) reader.report(rangeOf(element), 'An override needs "files".');
      return override.files && { files: override.files, rules: override.rules ?? {} };
    }),
};

function readObject<T extends object>(
  reader: Reader,
  node: Node,
  name: string,
  known: Readonly<Record<string, Section>>,
): Partial<T> {
  const entries = propertiesOf(reader, node, name).flatMap(({ key, keyRange, value }) => {
    const section = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!section) {
      const names = Object.keys(known);
      reader.report(keyRange, `Unknown key "${key}".${didYouMean(key, names) || ` Known: ${names.join(', ')}.`}`);
      return [];
    }
    const read = section(reader, value, `"${key}"`);
    return read === undefined ? [] : [[key, read] as const];
  });
  return Object.fromEntries(entries) as Partial<T>;
}

function readRules(reader: Reader, node: Node, name: string): RuleSettings {
  const entries = propertiesOf(reader, node, name).flatMap(({ key, keyRange, value }) => {
    if (!reader.ruleIds.includes(key)) {
      reader.report(keyRange, `Unknown rule "${key}".${didYouMean(key, reader.ruleIds)}`);
      return [];
    }
    const setting = ruleSettings.find((each) => each === value.value);
    if (setting === undefined) {
      const meant = didYouMean(String(value.value), ruleSettings);
      reader.report(rangeOf(value), `The rule "${key}" can be set to ${ruleSettings.join(', ')}.${meant}`);
      return [];
    }
    return [[key, setting] as const];
  });
  return Object.fromEntries(entries);
}

function readGlobs(reader: Reader, node: Node, name: string): string[] | undefined {
  return readArray(reader, node, name, (element) => {
    const glob: unknown = element.value;
    if (typeof glob === 'string' && isGlob(glob)) return glob;
    reader.report(rangeOf(element), `${name} lists globs such as "src/legacy/**"; this is none.`);
    return undefined;
  });
}

function readArray<T>(
  { report }: Reader,
  node: Node,
  name: string,
  readElement: (element: Node) => T | undefined,
): T[] | undefined {
  if (node.type !== 'array') {
    report(rangeOf(node), `${name} must be an array.`);
    return undefined;
  }
  return (node.children ?? []).map(readElement).filter((element) => element !== undefined);
}

function propertiesOf(
  { report }: Reader,
  node: Node,
  name: string,
): { readonly key: string; readonly keyRange: Range; readonly value: Node }[] {
  if (node.type !== 'object') {
    report(rangeOf(node), `${name} must be an object.`);
    return [];
  }
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value ? [{ key: String(key.value), keyRange: rangeOf(key), value }] : [],
  );
}

function rangeOf({ offset, length }: Node): Range {
  return { start: offset, end: offset + length };
}

/** `CloseBraceExpected` → `close brace expected`. */
function wordsOf(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
