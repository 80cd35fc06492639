import type { Value } from '../../syntax/typescript/facts';
import type { Definition, Definitions } from './definitions';
import type { ModuleResolver } from './moduleResolution';

/** Where something comes from that is not written in this workspace. */
export interface Origin {
  /** The specifier of the package's module: `stripe`, `@aws-sdk/client-s3`; `''` for what the language has. */
  readonly module: string;
  /** The names by which it is reached: `default`, `customers`, `create`. What is made by a call or `new` keeps the name of its maker. */
  readonly path: readonly string[];
}

const MAX_DEPTH = 8;

/** Makes the function that tells which package a value is of; undefined for the workspace's own, and for what can't be seen. */
export function createOrigins(
  definitions: Definitions,
  modules: ModuleResolver,
): (definition: Definition) => Origin | undefined {
  const of = (definition: Definition, depth = 0): Origin | undefined => {
    if (depth > MAX_DEPTH) return undefined;
    const { file, facts, value } = definitions.resolve(definition);
    const at = (inner: Value): Origin | undefined => of({ file, facts, value: inner }, depth + 1);
    switch (value.kind) {
      case 'global':
        return { module: '', path: [value.name] };
      case 'import':
        return modules.resolve(file, value.module) === undefined
          ? { module: value.module, path: [value.name] }
          : undefined;
      case 'member': {
        const owner = at(value.object);
        return owner && { ...owner, path: [...owner.path, value.name] };
      }
      case 'call':
        return ofCall({ file, facts, value }, value, depth);
      case 'new':
        return at(value.callee);
      case 'instance':
        return at(value.type);
      case 'parameter':
        return value.type && at(value.type);
      case 'either':
        return only(value.options.filter(({ kind }) => kind !== 'undefined').map(at));
      default:
        return undefined;
    }
  };

  /** `createTransport(…)` is the package's; `getStripe()` is what that function gives back. */
  const ofCall = (
    { file, facts }: Definition,
    { callee: written, call }: Value & { kind: 'call' },
    depth: number,
  ): Origin | undefined => {
    const callee = call === undefined ? written : (facts.calls[call]?.target ?? written);
    const made = definitions.resolve({ file, facts, value: callee });
    if (made.value.kind !== 'function') return of(made, depth + 1);
    const returns = made.facts.functions[made.value.function]?.returns ?? [];
    return only(returns.map((value) => of({ ...made, value }, depth + 1)));
  };

  return (definition) => of(definition);
}

function only(origins: readonly (Origin | undefined)[]): Origin | undefined {
  const [first, ...others] = origins;
  return first && others.every((other) => other?.module === first.module) ? first : undefined;
}
