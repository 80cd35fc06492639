import type { Value } from '../../syntax/typescript/facts';
import type { ResolverFact } from '../../syntax/typescript/resolverFacts';
import type { Place } from '../../text/textEdit';
import type { FunctionPlace } from '../calls/callees';
import type { Definition } from '../modules/definitions';
import type { Project } from '../project';

/** A function that a GraphQL server calls for a field, wherever it is written. */
export interface FieldResolver extends FunctionPlace {
  /** The GraphQL type; absent where nothing names it. */
  readonly type?: string;
  readonly field: string;
  /** A field of Query, Mutation or Subscription: called by a request. The others are called for each object. */
  readonly root: boolean;
  readonly parent?: ResolverFact['parent'];
  /** As in the fact; absent where the function is in another file than its place in the schema. */
  readonly byParent?: readonly number[];
  readonly preloaded: boolean;
  readonly forOne: boolean;
  /** What names the field in the schema's code. */
  readonly at: Place;
}

const kept = new WeakMap<Project, ReadonlyMap<string, readonly FieldResolver[]>>();

/** Returns the resolvers of a project by the file that their functions are in; each function once. */
export function fieldResolvers(project: Project): ReadonlyMap<string, readonly FieldResolver[]> {
  const known = kept.get(project);
  if (known) return known;
  const found = new ResolverFinder(project).find();
  kept.set(project, found);
  return found;
}

const ROOT_TYPES: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

class ResolverFinder {
  private readonly byFile = new Map<string, FieldResolver[]>();
  private readonly seen = new Set<string>();

  constructor(private readonly project: Project) {}

  find(): ReadonlyMap<string, readonly FieldResolver[]> {
    for (const [file, facts] of this.project.documents) {
      if (facts.kind !== 'typescript') continue;
      for (const fact of facts.resolvers) this.add(fact, { file, facts, value: fact.function });
    }
    for (const [file, facts] of this.project.documents) {
      if (facts.kind !== 'typescript') continue;
      for (const { type, value } of facts.resolverMaps) this.addMap(type, { file, facts, value });
    }
    return this.byFile;
  }

  private add(fact: ResolverFact, written: Definition): void {
    const { file, value } = this.project.definitions.resolve(written);
    if (value.kind !== 'function') return;
    const key = `${value.function}\n${file}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const { type, field, root, parent, byParent, preloaded, forOne } = fact;
    const resolver: FieldResolver = {
      file,
      function: value.function,
      ...(type === undefined ? {} : { type }),
      field,
      root,
      ...(parent === undefined ? {} : { parent }),
      ...(byParent && file === written.file ? { byParent } : {}),
      preloaded: preloaded === true,
      forOne: forOne === true,
      at: { file: written.file, range: fact.at },
    };
    const others = this.byFile.get(file);
    if (others) others.push(resolver);
    else this.byFile.set(file, [resolver]);
  }

  /** The functions of an object in another file; without a type, its keys are the types. */
  private addMap(type: string | undefined, written: Definition): void {
    const { file, facts, value } = this.project.definitions.resolve(written);
    for (const object of objectsIn(value)) {
      for (const { key, keyRange, value: held } of object.properties) {
        if (key.startsWith('__')) continue;
        const definition = { file, facts, value: held };
        if (type === undefined) {
          if (/^[A-Z]/.test(key)) this.addMap(key, definition);
          continue;
        }
        const root = ROOT_TYPES.has(type);
        const fact = { type, field: key, root, function: held, ...(root ? {} : { parent: 0 }), at: keyRange };
        this.add(fact, definition);
      }
    }
  }
}

/** A map itself, or the maps of a list. */
function objectsIn(value: Value): readonly (Value & { kind: 'object' })[] {
  if (value.kind === 'object') return [value];
  return value.kind === 'array'
    ? value.elements.flatMap((element) => (element.kind === 'object' ? [element] : []))
    : [];
}
