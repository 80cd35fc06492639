import type { CallFact, TypeScriptFacts } from '../../syntax/typescript/facts';
import type { Body } from '../calls/callGraph';
import { runningFunction } from '../calls/fileCalls';
import type { Project } from '../project';
import { isIn, isInteractive } from './openedTransactions';

/** `$transaction(async (tx) => …)`: one connection, from the first statement of the callback to its last. */
export interface InteractiveTransaction {
  readonly file: string;
  readonly facts: TypeScriptFacts;
  /** The call of `$transaction`. */
  readonly call: CallFact;
  /** The callback's row in `functions`. */
  readonly callback: number;
  /** What the callback does, the inline callbacks that it runs at once included. */
  readonly body: Body;
}

/** The interactive transactions of a file, in the order of the text; none where no schema governs the file. */
export function* interactiveTransactions(file: string, project: Project): Iterable<InteractiveTransaction> {
  const facts = project.documents.get(file);
  if (facts?.kind !== 'typescript' || !project.schemaFor(file)) return;
  for (const call of facts.calls) {
    const [callback] = call.arguments;
    if (!isInteractive(call) || callback?.kind !== 'function') continue;
    yield {
      file,
      facts,
      call,
      callback: callback.function,
      body: bodyOf(file, facts, call, callback.function, project),
    };
  }
}

/** An awaited callback is a part of the function around it: of that, what stands within the call. */
function bodyOf(file: string, facts: TypeScriptFacts, { range }: CallFact, callback: number, project: Project): Body {
  const owner = runningFunction(callback, facts);
  const body = project.calls.bodyOf({ file, function: owner });
  if (owner === callback) return body;
  return {
    queries: body.queries.filter(({ call }) => isIn(call.callee, range)),
    calls: body.calls.filter(({ invocation }) => isIn(invocation.callee, range)),
    outside: body.outside.filter(({ invocation }) => isIn(invocation.callee, range)),
  };
}
