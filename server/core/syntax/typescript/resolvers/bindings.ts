import ts from 'typescript';
import { boundIdentifiers, isReference } from '../nodes';
import type { Binding } from '../scopes';
import type { Tables } from '../tables';

/** Returns the bindings of a declared name or pattern. */
export function bindingsOf(name: ts.BindingName, { scopes }: Tables): Binding[] {
  return boundIdentifiers(name).flatMap((identifier) => scopes.lookup(identifier.text, identifier) ?? []);
}

/** Makes the test whether a node is a use of one of these bindings, as they are when it is asked. */
export function isUseOf(bindings: ReadonlySet<Binding>, { scopes }: Tables): (node: ts.Node) => boolean {
  return (node) => {
    const binding = ts.isIdentifier(node) && isReference(node) ? scopes.lookup(node.text, node) : undefined;
    return binding !== undefined && bindings.has(binding);
  };
}
