import type { DocumentFacts } from '../syntax/documentFacts';
import type { TypeScriptFacts, Value } from '../syntax/typescript/facts';
import type { ModuleResolver } from './moduleResolution';

/** A value and the file whose tables its indexes point into. */
export interface Definition {
  readonly file: string;
  readonly facts: TypeScriptFacts;
  readonly value: Value;
}

/** Follows values across files to what they are defined as. */
export interface Definitions {
  /** Follows imports and members for as long as each step is clear; else gives back what it was given. */
  resolve(definition: Definition): Definition;
  /** What `name` means to importers of a file; undefined if the file does not export it. */
  exported(file: string, name: string): Definition | undefined;
  /** What `this.name` holds in a class or in one it extends; undefined if nothing says so. */
  classMember(definition: Definition, name: string): Definition | undefined;
}

const MAX_STEPS = 12;

/** Makes the {@link Definitions} of a set of documents. */
export function createDefinitions(documents: ReadonlyMap<string, DocumentFacts>, modules: ModuleResolver): Definitions {
  const exported = (file: string, name: string, steps = 0): Definition | undefined => {
    const facts = documents.get(file);
    if (facts?.kind !== 'typescript' || steps > MAX_STEPS) return undefined;
    const own = facts.exports.find((entry) => entry.name === name);
    if (own) return { file, facts, value: own.value };
    for (const entry of facts.exports) {
      if (entry.name !== '*' || entry.value.kind !== 'import') continue;
      const target = modules.resolve(file, entry.value.module);
      const found = target === undefined ? undefined : exported(target, name, steps + 1);
      if (found) return found;
    }
    return undefined;
  };

  const step = (definition: Definition): Definition | undefined => {
    const { file, value } = definition;
    if (value.kind === 'import' && value.name !== '*') {
      const target = modules.resolve(file, value.module);
      return target === undefined ? undefined : exported(target, value.name);
    }
    return value.kind === 'member' ? memberOf({ ...definition, value: value.object }, value.name) : undefined;
  };

  const memberOf = (owner: Definition, name: string): Definition | undefined => {
    const { facts, file, value } = resolve(owner);
    if (value.kind === 'import' && value.name === '*') {
      const target = modules.resolve(file, value.module);
      return target === undefined ? undefined : exported(target, name);
    }
    if (value.kind === 'object') {
      const property = value.properties.find((entry) => entry.key === name);
      return property && { file, facts, value: property.value };
    }
    if (value.kind === 'either') {
      const options = value.options.filter((option) => option.kind !== 'undefined');
      const only = options.length === 1 ? options[0] : undefined;
      return only && memberOf({ file, facts, value: only }, name);
    }
    const owning = classOf({ file, facts, value });
    return owning && classMember(owning, name);
  };

  /** The class that a value is an instance of, or is. */
  const classOf = (definition: Definition): Definition | undefined => {
    const { facts, file, value } = definition;
    if (value.kind === 'class') return definition;
    if (value.kind === 'this') return { file, facts, value: { kind: 'class', class: value.class, range: value.range } };
    if (value.kind === 'new') return classOf(resolve({ file, facts, value: value.callee }));
    if (value.kind === 'instance') return classOf(resolve({ file, facts, value: value.type }));
    if (value.kind === 'parameter' && value.type) return classOf(resolve({ file, facts, value: value.type }));
    return undefined;
  };

  const classMember = ({ file, facts, value }: Definition, name: string, steps = 0): Definition | undefined => {
    if (value.kind !== 'class' || steps > MAX_STEPS) return undefined;
    const declared = facts.classes[value.class];
    const own = declared?.members.find((entry) => entry.name === name);
    if (own) return { file, facts, value: own.value };
    if (!declared?.extends) return undefined;
    return classMember(resolve({ file, facts, value: declared.extends }), name, steps + 1);
  };

  const resolve = (definition: Definition): Definition => {
    let current = definition;
    for (let steps = 0; steps < MAX_STEPS; steps += 1) {
      const next = step(current);
      if (!next) return current;
      current = next;
    }
    return current;
  };

  return { resolve, exported, classMember };
}
