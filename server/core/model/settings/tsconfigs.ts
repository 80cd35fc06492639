import type { DocumentFacts, TsconfigFacts } from '../../syntax/documentFacts';
import type { CompilerOption } from '../../syntax/json/tsconfigSettings';
import type { Place } from '../../text/textEdit';
import { checkedProjects } from '../modules/checkedProjects';
import { createConfigurations } from '../modules/configurations';
import { createPackages } from '../modules/packages';
import { folderOf } from '../modules/paths';

/** A compiler option as it counts for a configuration, and where it is set. */
export interface EffectiveOption extends Place {
  readonly value: CompilerOption['value'];
}

/** A configuration with all that it extends. */
export interface Tsconfig {
  readonly file: string;
  readonly facts: TsconfigFacts;
  /** By name; what `null` unsets is absent. */
  readonly options: ReadonlyMap<string, EffectiveOption>;
  /** The configurations from which it has its `files`, `include` and `exclude`; absent where nobody says it. */
  readonly listed: Readonly<Partial<Record<'files' | 'include' | 'exclude', string>>>;
  /** The configurations of the workspace that it extends, directly or not; the nearer ones first. */
  readonly bases: readonly string[];
  /** False where a part can't be seen (a published base, broken text): what is absent may be set there. */
  readonly isComplete: boolean;
  /** Whether it takes in a file by its `files`, `include` and `exclude`. */
  includes(file: string): boolean;
}

/** The configurations of a workspace folder. */
export interface Tsconfigs {
  /** Undefined for a file that is no configuration. */
  at(file: string): Tsconfig | undefined;
  /** Those that a compiler is run on: neither bases, nor solutions that only refer to others, nor templates. */
  readonly projects: readonly Tsconfig[];
  /** Those of them that extend a configuration. */
  heirsOf(file: string): readonly Tsconfig[];
  /** All that extend a configuration, directly or not. */
  extending(file: string): readonly Tsconfig[];
}

type Documents = ReadonlyMap<string, DocumentFacts>;

const LISTS = ['files', 'include', 'exclude'] as const;

/** What was found, and of what: it is right as long as these are the same. */
interface Known {
  readonly settings: readonly DocumentFacts[];
  /** The names of those, and of the sources. */
  readonly names: readonly string[];
  readonly tsconfigs: Tsconfigs;
}

/** By the facts of a first configuration, which stay the same from one keystroke in code to the next. */
const known = new WeakMap<DocumentFacts, Known>();

/** Returns the configurations of a set of documents; computed once for all sets that differ in what code says alone. */
export function tsconfigsOf(documents: Documents): Tsconfigs {
  const settings: DocumentFacts[] = [];
  const names: string[] = [];
  let first: DocumentFacts | undefined;
  for (const [file, facts] of documents) {
    const isSetting = facts.kind === 'tsconfig' || facts.kind === 'package';
    if (isSetting || facts.kind === 'typescript') names.push(file);
    if (isSetting) settings.push(facts);
    if (facts.kind === 'tsconfig') first ??= facts;
  }
  const before = first && known.get(first);
  if (before && isSame(before.settings, settings) && isSame(before.names, names)) return before.tsconfigs;
  const tsconfigs = createTsconfigs(documents);
  if (first) known.set(first, { settings, names, tsconfigs });
  return tsconfigs;
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

function createTsconfigs(documents: Documents): Tsconfigs {
  const { extended, includes } = createConfigurations(documents, createPackages(documents).configurationPlaces);
  const read = new Map<string, Tsconfig | undefined>();

  const at = (file: string): Tsconfig | undefined => {
    if (read.has(file)) return read.get(file);
    // What extends itself finds nothing there.
    read.set(file, undefined);
    const facts = documents.get(file);
    const tsconfig = facts?.kind === 'tsconfig' ? joined(file, facts, extended(file).map(found)) : undefined;
    read.set(file, tsconfig && { ...tsconfig, includes: (source) => includes(file, source) });
    return read.get(file);
  };
  const found = (file: string | undefined): Tsconfig | undefined => (file === undefined ? undefined : at(file));

  const sources = [...documents].flatMap(([file, { kind }]) => (kind === 'typescript' ? [file] : []));
  const all = [...documents.keys()].flatMap((file) => at(file) ?? []);
  const checked = new Set(checkedProjects(documents).map(({ file }) => file));
  const projects = all.filter((tsconfig) => {
    const { file, facts } = tsconfig;
    if (!checked.has(file) || TEMPLATE.test(file) || isSolution(tsconfig)) return false;
    const isBase = all.some((heir) => heir.bases.includes(file) && folderOf(heir.file) !== folderOf(file));
    if (isBase && !facts.files && !facts.include) return false;
    return sources.some(tsconfig.includes);
  });
  return {
    at,
    projects,
    heirsOf: (file) => projects.filter(({ bases }) => bases.includes(file)),
    extending: (file) => all.filter(({ bases }) => bases.includes(file)),
  };
}

const TEMPLATE = /(?:^|\/)_?_?(?:templates?|boilerplates?|snippets?|examples?|fixtures?|playgrounds?)\//i;

/** It is there for `tsc --build`, and has nothing to check itself, or should have nothing. */
function isSolution({ facts, listed }: Tsconfig): boolean {
  const { files = [], include = [], references } = facts;
  if (references.length === 0) return false;
  return files.length === 0 && include.length === 0 && (facts.files !== undefined || Object.keys(listed).length === 0);
}

function joined(
  file: string,
  facts: TsconfigFacts,
  bases: readonly (Tsconfig | undefined)[],
): Omit<Tsconfig, 'includes'> {
  const options = new Map<string, EffectiveOption>();
  for (const base of bases) for (const [name, option] of base?.options ?? []) options.set(name, option);
  for (const [name, { value, range }] of Object.entries(facts.settings.options)) {
    if (value === null) options.delete(name);
    else options.set(name, { file, range, value });
  }
  const near = bases.flatMap((base) => base?.file ?? []);
  const far = bases.flatMap((base) => base?.bases ?? []);
  return {
    file,
    facts,
    options,
    listed: {
      ...Object.assign({}, ...bases.map((base) => base?.listed ?? {})),
      ...Object.fromEntries(LISTS.filter((name) => facts[name]).map((name) => [name, file])),
    },
    bases: [...new Set([...near, ...far])],
    isComplete: !facts.settings.isBroken && bases.every((base) => base?.isComplete === true),
  };
}
