import ts from 'typescript';
import type { Value } from '../facts';
import { type FunctionNode, isFunctionNode, propertyName, rangeOf, unwrap } from '../nodes';
import type { ResolverFact, ResolverMapFact } from '../resolverFacts';
import type { Tables } from '../tables';
import type { Values } from '../values';
import { readParentUse } from './parentUse';

/** The field of an object literal or a class that may hold a function. */
export type Part = ts.Expression | ts.MethodDeclaration;

/** A function in its place in a GraphQL schema, before it becomes a fact. */
interface Resolver {
  readonly type: string | undefined;
  readonly field: string;
  readonly function: Part;
  /** Of a root field it is nothing that a database knows. */
  readonly parent: ResolverFact['parent'];
  readonly at: ts.Node;
  /** A check of rights lets only the viewer's own object pass. */
  readonly forOne?: boolean;
}

const ROOT_TYPES: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** Wrappers that call the function for many parents at once, or not each time. */
const GATHERING = /batch|load|cache|memo/i;

/** Collects the resolvers of one file. */
export class ResolverReader {
  readonly resolvers: ResolverFact[] = [];
  readonly maps: ResolverMapFact[] = [];
  private readonly seen = new Set<ts.Node>();

  constructor(
    readonly tables: Tables,
    readonly values: Values,
  ) {}

  /** Notes a resolver; nothing where its function can't be one. */
  add({ type, field, function: part, parent, at, forOne }: Resolver): void {
    if (field.startsWith('__') || this.seen.has(part)) return;
    this.seen.add(part);
    const value = handler(this.valueOf(part));
    if (!value) return;
    const node = value.kind === 'function' ? this.tables.functions[value.function] : undefined;
    const written = node && !ts.isSourceFile(node) ? node : undefined;
    const root = type !== undefined && ROOT_TYPES.has(type);
    const object = root ? undefined : parent;
    this.resolvers.push({
      ...(type === undefined ? {} : { type }),
      field,
      root,
      function: value,
      ...(object === undefined ? {} : { parent: object }),
      ...(written && object !== undefined ? readParentUse(written, object, this.tables) : {}),
      ...(forOne ? { forOne: true } : {}),
      at: rangeOf(at, this.tables.file),
    });
  }

  addMap(type: string | undefined, expression: ts.Expression): void {
    if (this.seen.has(expression)) return;
    this.seen.add(expression);
    const value = this.values.of(expression);
    if (value.kind !== 'unknown' && value.kind !== 'literal')
      this.maps.push({ ...(type === undefined ? {} : { type }), value });
  }

  valueOf(part: Part): Value {
    if (!ts.isMethodDeclaration(part)) return this.values.of(part);
    const range = rangeOf(part, this.tables.file);
    const fn = this.tables.functionIndex.get(part);
    return fn === undefined ? { kind: 'unknown', range } : { kind: 'function', function: fn, range };
  }

  /** The object literal that an expression is or names. */
  objectOf(expression: ts.Expression): ts.ObjectLiteralExpression | undefined {
    const found = this.written(expression);
    return found && ts.isObjectLiteralExpression(found) ? found : undefined;
  }

  /** The function that an expression is or names, where it is in this file. */
  functionOf(part: Part): FunctionNode | undefined {
    const found = ts.isMethodDeclaration(part) ? part : this.written(part);
    return found && isFunctionNode(found) ? found : undefined;
  }

  private written(expression: ts.Expression): ts.Node | undefined {
    let node = unwrap(expression);
    for (let steps = 0; ts.isIdentifier(node) && steps < 4; steps += 1) {
      const binding = this.tables.scopes.lookup(node.text, node);
      const declaration = binding?.writes.length === 0 ? binding.declaration : undefined;
      if (declaration && ts.isFunctionDeclaration(declaration)) return declaration;
      if (!declaration || !ts.isVariableDeclaration(declaration) || declaration.name.kind !== node.kind)
        return undefined;
      if (!declaration.initializer) return undefined;
      node = unwrap(declaration.initializer);
    }
    return node;
  }
}

/** The resolver function within its wrappers (`isAuthenticated((parent, args) => …)`); undefined for what is none. */
function handler(value: Value, depth = 0): Value | undefined {
  if (value.kind === 'function' || value.kind === 'import' || value.kind === 'member') return value;
  if (value.kind === 'object') {
    const resolve = value.properties.find(({ key }) => key === 'resolve' || key === 'subscribe');
    return resolve && handler(resolve.value, depth + 1);
  }
  if (value.kind !== 'call' || depth > 3 || GATHERING.test(lastName(value.callee))) return undefined;
  const inner = value.arguments.at(-1);
  return inner?.kind === 'function' || inner?.kind === 'call' ? handler(inner, depth + 1) : undefined;
}

function lastName(value: Value): string {
  return value.kind === 'member' || value.kind === 'import' || value.kind === 'global' ? value.name : '';
}

/** What an object literal holds under a name: also a method, a shorthand. */
export function partOf(object: ts.ObjectLiteralExpression, name: string): Part | undefined {
  const property = object.properties.find((entry) => entry.name && propertyName(entry.name) === name);
  return property && partOfProperty(property);
}

/** What a property holds; undefined for a spread or an accessor. */
export function partOfProperty(property: ts.ObjectLiteralElementLike): Part | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  return ts.isMethodDeclaration(property) ? property : undefined;
}

/** The text of a string literal; the name in front of nexus-prisma's `User.$name`. */
export function nameOf(node: ts.Node | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  const isName = ts.isPropertyAccessExpression(node) && node.name.text === '$name';
  return isName && ts.isIdentifier(node.expression) ? node.expression.text : undefined;
}

/** What a function returns in one place: an arrow's expression, or the only `return` at the end of its block. */
export function returnedBy(fn: FunctionNode): ts.Expression | undefined {
  if (!fn.body) return undefined;
  if (!ts.isBlock(fn.body)) return unwrap(fn.body);
  const last = fn.body.statements.at(-1);
  return last && ts.isReturnStatement(last) && last.expression ? unwrap(last.expression) : undefined;
}
