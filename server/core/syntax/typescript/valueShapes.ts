import type { Range } from '../../text/range';
import type { Property, Value } from './facts';

/** An object literal's value. */
export type ObjectValue = Value & { kind: 'object' };

/** What `object.name` stands for. */
export function member(object: Value, name: string, range: Range): Value {
  if (object.kind === 'object') {
    const property = object.properties.find((candidate) => candidate.key === name);
    if (property && !property.optional) return property.value;
  }
  if (object.kind === 'array' && !object.open) {
    const element = object.elements[Number(name)];
    if (element) return element;
  }
  if (object.kind === 'either') {
    const options = object.options.filter((option) => option.kind !== 'undefined');
    if (options.length === 1 && options[0]) return member(options[0], name, range);
    const members = options.map((option) => member(option, name, range));
    // `(tx ?? prisma).user` stays one member, so that a query is one call of one client.
    if (members.some(({ kind }) => kind !== 'member')) return { kind: 'either', options: members, range };
  }
  return { kind: 'member', object, name, range };
}

/** Something of a declared type; unknown where the type is. */
export function instance(type: Value, range: Range): Value {
  return type.kind === 'unknown' ? { kind: 'unknown', range } : { kind: 'instance', type, range };
}

/**
 * An array or object that methods change: what it was made with is not all it holds. `added`: how many
 * elements at most, where that is known.
 */
export function changed(value: Value, added: number | undefined): Value {
  if (value.kind === 'array' && added !== undefined) {
    const unseenOnes = Array.from({ length: added }, () => unseen(value));
    return { ...value, elements: [...value.elements, ...unseenOnes] };
  }
  return value.kind === 'array' || value.kind === 'object' ? { ...value, open: true } : value;
}

/** Applies `change` to a value, or to each of the values it may be. */
export function mapOptions(value: Value, change: (option: Value) => Value): Value {
  return value.kind === 'either' ? { ...value, options: value.options.map(change) } : change(value);
}

/** The object with a property set; one of the same key is replaced, or may remain if the new one is optional. */
export function withProperty(object: ObjectValue, property: Property): ObjectValue {
  const previous = object.properties.find((candidate) => candidate.key === property.key);
  const rest = object.properties.filter((candidate) => candidate !== previous);
  if (!previous || !property.optional) return { ...object, properties: [...rest, property] };
  const options = [previous.value, property.value];
  const value: Value = { kind: 'either', options, range: property.value.range };
  return { ...object, properties: [...rest, { ...property, value, optional: previous.optional }] };
}

/** The object after `{ ...value }`; `optional` where the spread itself may not happen. */
export function spread(object: ObjectValue, value: Value, optional: boolean): ObjectValue {
  switch (value.kind) {
    case 'object': {
      const joined = value.properties.reduce<ObjectValue>(
        (result, property) => withProperty(result, { ...property, optional: optional || property.optional }),
        object,
      );
      const choices = optional ? [] : (value.choices ?? []);
      return withChoices({ ...joined, open: joined.open || value.open }, choices);
    }
    case 'either':
      return spreadOneOf(object, value.options, optional);
    case 'undefined':
    case 'literal':
      return object;
    default:
      return { ...object, open: true };
  }
}

function spreadOneOf(object: ObjectValue, options: readonly Value[], optional: boolean): ObjectValue {
  const joined = options.reduce<ObjectValue>((result, option) => spread(result, option, true), object);
  const objects = options.filter((option) => option.kind === 'object');
  if (optional || objects.length < options.length) return joined;
  const isInAll = (key: string) =>
    objects.every(({ properties }) => properties.some((property) => property.key === key && !property.optional));
  const properties = joined.properties.map((property) =>
    property.optional && isInAll(property.key) ? { ...property, optional: false } : property,
  );
  return withChoices({ ...joined, properties }, [objects]);
}

function withChoices(object: ObjectValue, more: readonly (readonly Value[])[]): ObjectValue {
  return more.length === 0 ? object : { ...object, choices: [...(object.choices ?? []), ...more] };
}

/** The object after `object.a.b = value`; objects on the way are made where they are missing. */
export function setProperty(
  object: ObjectValue,
  path: readonly string[],
  value: Value,
  keyRange: Range,
  optional: boolean,
): ObjectValue {
  const [key, ...rest] = path;
  if (key === undefined) return { ...object, open: true };
  const previous = object.properties.find((candidate) => candidate.key === key);
  if (rest.length === 0) return withProperty(object, { key, keyRange, value, optional });
  const inner = previous?.value.kind === 'object' ? previous.value : undefined;
  if (!inner) return { ...object, open: true };
  const changed = setProperty(inner, rest, value, keyRange, optional);
  return {
    ...object,
    properties: object.properties.map((entry) => (entry === previous ? { ...entry, value: changed } : entry)),
  };
}

/** The value of a callee without what is inside the objects and arrays of its calls: it says nothing of who is called. */
export function lean(value: Value): Value {
  switch (value.kind) {
    case 'call':
    case 'new': {
      const callee = lean(value.callee);
      const given = leanAll(value.arguments);
      return callee === value.callee && given === value.arguments ? value : { ...value, callee, arguments: given };
    }
    case 'member': {
      const object = lean(value.object);
      return object === value.object ? value : { ...value, object };
    }
    case 'either': {
      const options = leanAll(value.options);
      return options === value.options ? value : { ...value, options };
    }
    case 'object':
      return value.properties.length > 0 ? { kind: 'object', properties: [], open: true, range: value.range } : value;
    default:
      return value;
  }
}

/** The values themselves where they are lean: most are, and many facts then share one. */
function leanAll(values: readonly Value[]): readonly Value[] {
  const made = values.map(lean);
  return made.every((value, index) => value === values[index]) ? values : made;
}

/**
 * What a file passes on by a name: of what a call made (a schema of `zod`, a router) the way it was made,
 * and the functions it was made with. What the language's own functions make says how many there are.
 */
export function passedOn(value: Value): Value {
  if (value.kind === 'member') return lean(value);
  return value.kind === 'call' && !isMadeByLanguage(value.callee) ? withFunctions(value) : value;
}

function withFunctions(value: Value): Value {
  switch (value.kind) {
    case 'call':
      return { ...value, callee: lean(value.callee), arguments: value.arguments.map(withFunctions) };
    case 'object': {
      const properties = value.properties
        .map((entry) => ({ ...entry, value: withFunctions(entry.value) }))
        .filter((entry) => OFFERED.has(entry.value.kind) || holdsFunction(entry.value));
      return { kind: 'object', properties, open: true, range: value.range };
    }
    default:
      return lean(value);
  }
}

function holdsFunction(value: Value): boolean {
  switch (value.kind) {
    case 'function':
      return true;
    case 'call':
      return holdsFunction(value.callee) || value.arguments.some(holdsFunction);
    case 'member':
      return holdsFunction(value.object);
    case 'object':
      return value.properties.some((entry) => holdsFunction(entry.value));
    default:
      return false;
  }
}

/** `Object.keys(…)`, `[…].map(…)` */
function isMadeByLanguage(callee: Value): boolean {
  if (callee.kind === 'member') return isMadeByLanguage(callee.object);
  return (
    callee.kind === 'global' || callee.kind === 'array' || (callee.kind === 'call' && isMadeByLanguage(callee.callee))
  );
}

/** What a function gives to who calls it: of an object, what can be called or asked further; the rest is data. */
export function offered(value: Value): Value {
  if (value.kind === 'either') return { ...value, options: value.options.map(offered) };
  if (value.kind !== 'object') return lean(value);
  const properties = value.properties.filter((entry) => OFFERED.has(entry.value.kind));
  return {
    kind: 'object',
    properties: properties.map((entry) => ({ ...entry, value: lean(entry.value) })),
    open: true,
    range: value.range,
  };
}

const OFFERED: ReadonlySet<Value['kind']> = new Set(['function', 'class', 'new', 'import', 'instance']);

/** A collection without what its elements are: how many there are, and where they come from. */
export function outline(value: Value): Value {
  switch (value.kind) {
    case 'array':
      return { ...value, elements: value.elements.map(unseen) };
    case 'object':
      return { ...value, properties: value.properties.map((entry) => ({ ...entry, value: unseen(entry.value) })) };
    case 'either':
      return { ...value, options: value.options.map(outline) };
    case 'member':
      return { ...value, object: outline(value.object) };
    case 'call':
    case 'new':
      return { ...value, callee: outline(value.callee), arguments: value.arguments.map(outline) };
    default:
      return value;
  }
}

function unseen({ range }: Value): Value {
  return { kind: 'unknown', range };
}

/** Values that have no text of their own: what matters is where they are used. */
export const SAID_WHERE_USED: ReadonlySet<Value['kind']> = new Set([
  'import',
  'parameter',
  'element',
  'instance',
  'member',
  'unknown',
]);
