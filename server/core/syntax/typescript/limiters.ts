import ts from 'typescript';
import { isFunctionNode, memberName, unwrap, walk } from './nodes';

/** What people call that which lets a few through at a time: `limit(() => …)`, `queue.add(…)`, `semaphore.acquire()`. */
const LIMITER = /limit|throttl|bottleneck|semaphore|mutex|queue|schedul|concurren|throat|acquire|\bslots?\b|^pool/i;

/** True if the callback of a loop does its work by way of a limiter. */
export function isLimited(callback: ts.ArrowFunction | ts.FunctionExpression): boolean {
  let found = false;
  walk(callback.body, (node) => {
    if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const owner = ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : '';
      const name = memberName(callee) ?? (ts.isIdentifier(callee) ? callee.text : '');
      const takesWork = node.arguments.some((argument) => isFunctionNode(unwrap(argument)));
      found ||= (takesWork || /acquire/i.test(name)) && (LIMITER.test(name) || LIMITER.test(owner));
    }
    return !found;
  });
  return found;
}
