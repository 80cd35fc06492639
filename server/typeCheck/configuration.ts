import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isJsonObject, type JsonObject, readJsonObject, stringsOf } from '../core/syntax/json/jsonObject';

/** A `tsconfig.json` with all that it extends. What does not parse is left out: the compiler says so itself. */
export interface Configuration {
  /** Absolute. */
  readonly file: string;
  /** Absolute; the file itself and all that it extends. */
  readonly files: readonly string[];
  /** Of the texts of these files. */
  readonly hash: string;
  readonly options: JsonObject;
  /** False for a solution: it only refers to other projects. */
  readonly hasSources: boolean;
  /** The configurations (absolute) of the projects that it refers to. */
  readonly references: readonly string[];
}

/** Reads a configuration (absolute) from disk. Never throws; `{}` stands for what can't be read. */
export function readConfiguration(file: string): Configuration {
  const layers: { file: string; text: string; json: JsonObject }[] = [];
  const visit = (path: string, from: readonly string[]): void => {
    if (from.includes(path)) return;
    const text = textOf(path);
    const json = readJsonObject(text);
    for (const base of basesOf(json, path)) visit(base, [...from, path]);
    layers.push({ file: path, text, json });
  };
  visit(file, []);

  const hash = createHash('sha256');
  for (const { text } of layers) hash.update(text).update('\0');
  const last = (key: string): unknown => layers.findLast(({ json }) => json[key] !== undefined)?.json[key];
  // References are not inherited.
  const references = layers.at(-1)?.json.references;
  const referred = Array.isArray(references) ? references.filter(isJsonObject).map(({ path }) => path) : [];
  const listed = last('files');
  return {
    file,
    files: [...new Set(layers.map((layer) => layer.file))],
    hash: hash.digest('hex').slice(0, 16),
    options: Object.assign(
      {},
      ...layers.map(({ json }) => (isJsonObject(json.compilerOptions) ? json.compilerOptions : {})),
    ),
    hasSources: !(Array.isArray(listed) && listed.length === 0 && last('include') === undefined),
    references: stringsOf(referred).map((path) => configurationAt(resolve(dirname(file), path))),
  };
}

/** Returns the configurations that a project refers to, and those that they refer to, without itself. */
export function referredConfigurations(configuration: Configuration): readonly Configuration[] {
  const found = new Map<string, Configuration>();
  const visit = ({ references }: Configuration): void => {
    for (const file of references) {
      if (file === configuration.file || found.has(file)) continue;
      const next = readConfiguration(file);
      found.set(file, next);
      visit(next);
    }
  };
  visit(configuration);
  return [...found.values()];
}

/** True where the project itself asks for a build cache. */
export function asksForBuildCache({ options }: Configuration): boolean {
  return options.composite === true || options.incremental === true;
}

/** Returns the configuration that a path (absolute) names: a folder means its `tsconfig.json`. */
export function configurationAt(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? !path.endsWith('.json');
  return isFolder ? join(path, 'tsconfig.json') : path;
}

function basesOf(json: JsonObject, file: string): readonly string[] {
  const named = typeof json.extends === 'string' ? [json.extends] : stringsOf(json.extends);
  return named.flatMap((name) => baseFile(name, file) ?? []);
}

function baseFile(name: string, from: string): string | undefined {
  if (isAbsolute(name) || /^\.\.?(?:[\\/]|$)/.test(name)) {
    const path = resolve(dirname(from), name);
    return [path, `${path}.json`].find(isFile);
  }
  const { resolve: find } = createRequire(from);
  for (const candidate of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    try {
      const found = find(candidate);
      if (found.endsWith('.json')) return found;
    } catch {
      // not by this name
    }
  }
  return undefined;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return ''; // the compiler reports it
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
