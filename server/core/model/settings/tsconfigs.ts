import type { DocumentFacts, TsconfigFacts } from '../../syntax/documentFacts';
import type { CompilerOption } from '../../syntax/json/tsconfigSettings';
import type { Place } from '../../text/textEdit';
import { checkedProjects } from '../modules/checkedProjects';
import { createConfigurations } from '../modules/configurations';
import { createPackages } from '../modules/packages';

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
}

type Documents = ReadonlyMap<string, DocumentFacts>;

const known = new WeakMap<Documents, Tsconfigs>();

/** Returns the configurations of a set of documents; computed once for it. */
export function tsconfigsOf(documents: Documents): Tsconfigs {
  const configurations = known.get(documents) ?? createTsconfigs(documents);
  known.set(documents, configurations);
  return configurations;
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
  const extendedOnes = new Set(all.flatMap(({ bases }) => bases));
  const checked = new Set(checkedProjects(documents).map(({ file }) => file));
  const projects = all.filter((tsconfig) => {
    const { file, facts } = tsconfig;
    if (!checked.has(file) || TEMPLATE.test(file) || isSolution(facts)) return false;
    if (extendedOnes.has(file) && !facts.files && !facts.include) return false;
    return sources.some(tsconfig.includes);
  });
  return { at, projects, heirsOf: (file) => projects.filter(({ bases }) => bases.includes(file)) };
}

const TEMPLATE = /(?:^|\/)_?_?(?:templates?|boilerplates?|snippets?|examples?|fixtures?|playgrounds?)\//i;

function isSolution({ files, include = [], references }: TsconfigFacts): boolean {
  return files?.length === 0 && include.length === 0 && references.length > 0;
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
    bases: [...new Set([...near, ...far])],
    isComplete: !facts.settings.isBroken && bases.every((base) => base?.isComplete === true),
  };
}
