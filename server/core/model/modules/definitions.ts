import type { TypeScriptFacts, Value } from '../../syntax/typescript/facts';
import type { ExportTables } from './exportTables';
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
}

const MAX_STEPS = 12;

/** Makes the {@link Definitions} of a project. */
export function createDefinitions({ exported }: ExportTables, modules: ModuleResolver): Definitions {
  const step = (definition: Definition, depth: number): Definition | undefined => {
    const { file, facts, value } = definition;
    if (value.kind === 'parameter') {
      const module = importedThen(facts, value);
      return module && { ...definition, value: module };
    }
    if (value.kind === 'import') {
      const target = modules.resolve(file, value.module);
      return target === undefined ? undefined : exported(target, value.name === '*' ? 'export=' : value.name);
    }
    return value.kind === 'member' ? memberOf({ ...definition, value: value.object }, value.name, depth) : undefined;
  };

  const memberOf = (owner: Definition, name: string, depth: number): Definition | undefined => {
    const { facts, file, value } = follow(owner, depth);
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
      return only && memberOf({ file, facts, value: only }, name, depth + 1);
    }
    const made = depth > MAX_STEPS ? undefined : describes({ file, facts, value }, depth);
    if (made) return memberOf(made, name, depth + 1);
    const owning = classOf({ file, facts, value }, depth);
    return owning && memberOfClass(owning, name, depth);
  };

  /** What says which members a value has: what the call that made it returns, or its type where that is an object's. */
  const describes = ({ file, facts, value }: Definition, depth: number): Definition | undefined => {
    const at = (inner: Value | undefined): Definition | undefined =>
      inner && follow({ file, facts, value: inner }, depth + 1);
    if (value.kind === 'instance' || value.kind === 'parameter') {
      const type = at(value.type);
      return type && (type.value.kind === 'object' || type.value.kind === 'call') ? type : undefined;
    }
    if (value.kind !== 'call' || value.call !== undefined) return undefined;
    const of = value.callee.kind === 'global' ? value.callee.name : undefined;
    if (of === 'Awaited' || of === 'Promise' || of === 'Readonly') return at(value.arguments[0]);
    const callee = of === 'ReturnType' ? queriedBy(value.arguments[0]) : of === undefined ? value.callee : undefined;
    const factory = at(callee);
    const returns =
      factory?.value.kind === 'function' ? factory.facts.functions[factory.value.function]?.returns : undefined;
    const only = returns?.length === 1 ? returns[0] : undefined;
    return factory && only && { ...factory, value: only };
  };

  /** The class that a value is an instance of, or is. */
  const classOf = (definition: Definition, depth: number): Definition | undefined => {
    const { facts, file, value } = definition;
    const typedAs = (type: Value) => classOf(follow({ file, facts, value: type }, depth + 1), depth + 1);
    if (depth > MAX_STEPS) return undefined;
    if (value.kind === 'class') return definition;
    if (value.kind === 'this') return { file, facts, value: { kind: 'class', class: value.class, range: value.range } };
    if (value.kind === 'new') return typedAs(value.callee);
    if (value.kind === 'instance') return typedAs(value.type);
    if (value.kind === 'parameter' && value.type) return typedAs(value.type);
    return undefined;
  };

  /** What `this.name` holds in a class or in one it extends; undefined if nothing says so. */
  const memberOfClass = ({ file, facts, value }: Definition, name: string, depth: number): Definition | undefined => {
    if (value.kind !== 'class' || depth > MAX_STEPS) return undefined;
    const declared = facts.classes[value.class];
    const own = declared?.members.find((entry) => entry.name === name);
    if (own) return { file, facts, value: own.value };
    if (!declared?.extends) return undefined;
    return memberOfClass(follow({ file, facts, value: declared.extends }, depth + 1), name, depth + 1);
  };

  /** `depth` counts the owners of members on the way, which may lead in a circle. */
  const follow = (definition: Definition, depth: number): Definition => {
    let current = definition;
    for (let steps = depth; steps < MAX_STEPS; steps += 1) {
      const next = step(current, depth + 1);
      if (!next) return current;
      current = next;
    }
    return current;
  };

  return { resolve: (definition) => follow(definition, 0) };
}

/** The module that `import('./x').then((x) => …)` gives its callback; undefined for other parameters. */
function importedThen(
  facts: TypeScriptFacts,
  { function: fn, index }: Value & { kind: 'parameter' },
): Value | undefined {
  const callee = facts.functions[fn]?.argumentOf?.callee;
  const isThen = callee?.kind === 'member' && callee.name === 'then' && index === 0;
  return isThen && callee.object.kind === 'import' ? callee.object : undefined;
}

/** `typeof make` → `make`. */
export function queriedBy(type: Value | undefined): Value | undefined {
  const isQuery = type?.kind === 'call' && type.callee.kind === 'global' && type.callee.name === 'typeof';
  return isQuery ? type.arguments[0] : undefined;
}
