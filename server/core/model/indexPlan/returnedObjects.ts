import type { Property, Value } from '../../syntax/typescript/facts';
import type { Definition, Definitions } from '../modules/definitions';

/** Functions that call functions, and objects in objects, beyond which nobody looks. */
const MAX_DEPTH = 8;

/**
 * Returns a query's arguments with the calls in them that build a part of the question (`where: ofTeam(id)`)
 * replaced by the object literals they return. What is replaced has its ranges in that function's file.
 */
export function followReturned(args: Definition, definitions: Definitions, depth = 0): Value {
  const { value } = args;
  const at = (inner: Value): Value => followReturned({ ...args, value: inner }, definitions, depth + 1);
  if (depth > MAX_DEPTH) return value;
  switch (value.kind) {
    case 'object':
      return changed(value, value.properties, (properties) => ({ ...value, properties }), at);
    case 'array': {
      const elements = value.elements.map(at);
      return elements.some((element, place) => element !== value.elements[place]) ? { ...value, elements } : value;
    }
    case 'either': {
      const options = value.options.map(at);
      return options.some((option, place) => option !== value.options[place]) ? { ...value, options } : value;
    }
    case 'member': {
      const made = value.object.kind === 'call' ? at(value.object) : undefined;
      return made?.kind === 'object' ? (propertyOf(made, value.name) ?? value) : value;
    }
    case 'call':
      return value.call === undefined ? (madeBy(args, definitions, depth) ?? value) : value;
    default:
      return value;
  }
}

function changed<Held extends Value>(
  value: Held,
  properties: readonly Property[],
  withProperties: (properties: readonly Property[]) => Held,
  at: (inner: Value) => Value,
): Held {
  const followed = properties.map((property) => {
    const inner = at(property.value);
    return inner === property.value ? property : { ...property, value: inner };
  });
  return followed.some((property, place) => property !== properties[place]) ? withProperties(followed) : value;
}

/** Of a function with one `return`, or with several that are all objects. */
function madeBy({ file, facts, value }: Definition, definitions: Definitions, depth: number): Value | undefined {
  if (value.kind !== 'call') return undefined;
  const target = definitions.resolve({ file, facts, value: value.callee });
  if (target.value.kind !== 'function') return undefined;
  const made = target.facts.functions[target.value.function]?.asks?.map((one) =>
    followReturned({ ...target, value: one }, definitions, depth + 1),
  );
  const [only, ...more] = made ?? [];
  return only && more.length > 0 ? { kind: 'either', options: [only, ...more], range: value.range } : only;
}

function propertyOf({ properties }: Value & { kind: 'object' }, name: string): Value | undefined {
  const property = properties.find(({ key, optional }) => key === name && !optional);
  return property?.value;
}
