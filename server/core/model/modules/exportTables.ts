import type { DocumentFacts } from '../../syntax/documentFacts';
import type { Value } from '../../syntax/typescript/facts';
import type { Definition } from './definitions';
import type { ModuleResolver } from './moduleResolution';

/** What the files of a project export, found once for each file, through all that they pass on. */
export interface ExportTables {
  /** What `name` (`default` and `export=` too) means to importers of a file; undefined if the file does not export it. */
  exported(file: string, name: string): Definition | undefined;
  /** The tables that have been made. */
  readonly known: KeptExports;
}

/** By file; right for as long as none of the files that a table was read from changes. */
export type KeptExports = ReadonlyMap<string, ExportTable>;

interface ExportTable {
  readonly names: ReadonlyMap<string, Definition>;
  /** A module that is one value (`module.exports = …`) gives its importers the members of that value. */
  readonly whole?: Definition;
  readonly files: ReadonlySet<string>;
}

const NOTHING: ExportTable = { names: new Map(), files: new Set() };

/** Makes the {@link ExportTables} of a set of documents. */
export function createExportTables(
  documents: ReadonlyMap<string, DocumentFacts>,
  modules: ModuleResolver,
  kept: KeptExports = new Map(),
): ExportTables {
  const tables = new Map(kept);
  const open = new Set<string>();
  let circles = 0;

  const tableOf = (file: string): ExportTable => {
    const known = tables.get(file);
    if (known) return known;
    if (open.has(file)) {
      circles += 1;
      return NOTHING;
    }
    const before = circles;
    open.add(file);
    const table = read(file);
    open.delete(file);
    // Read within a circle of files, a table lacks what the file it came from has yet to say.
    if (circles === before || open.size === 0) tables.set(file, table);
    return table;
  };

  const read = (file: string): ExportTable => {
    const files = new Set([file]);
    const names = new Map<string, Definition>();
    const facts = documents.get(file);
    if (facts?.kind !== 'typescript') return { names, files };
    let whole: Definition | undefined;
    for (const { name, value } of facts.exports) {
      if (name !== '*' && !names.has(name)) names.set(name, { file, facts, value });
    }
    for (const { name, value } of facts.exports) {
      const target = name === '*' && value.kind === 'import' ? modules.resolve(file, value.module) : undefined;
      if (target === undefined) continue;
      const passed = tableOf(target);
      for (const read of passed.files) files.add(read);
      for (const [passedName, definition] of passed.names) {
        if (!NOT_PASSED_ON.has(passedName) && !names.has(passedName)) names.set(passedName, definition);
      }
      whole ??= passed.whole;
    }
    whole ??= names.get('export=');
    return { names, files, ...(whole ? { whole } : {}) };
  };

  return {
    known: tables,
    exported: (file, name) => {
      const { names, whole } = tableOf(file);
      const own = names.get(name);
      if (own || NOT_PASSED_ON.has(name) || !whole) return own;
      const member: Value = { kind: 'member', object: whole.value, name, range: whole.value.range };
      return { ...whole, value: member };
    },
  };
}

/** The tables that were read without looking into the changed files. */
export function exportsWithout(kept: KeptExports, changed: ReadonlySet<string>): KeptExports {
  const rest = new Map(kept);
  for (const [file, { files }] of kept) {
    // A table's files begin with its own.
    for (const read of files) {
      if (!changed.has(read)) continue;
      rest.delete(file);
      break;
    }
  }
  return rest;
}

const NOT_PASSED_ON: ReadonlySet<string> = new Set(['default', 'export=']);
