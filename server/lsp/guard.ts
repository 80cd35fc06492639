import { setImmediate } from 'node:timers/promises';
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Log } from './log';

type Handler<Params, Result> = (params: Params, token: CancellationToken) => Result | Promise<Result>;
type GuardedHandler<Params, Result> = (
  params: Params,
  token: CancellationToken,
) => Promise<Result | ResponseError<never>>;

/**
 * Wraps a request's handler: what is cancelled before its turn is not begun, and an internal error is
 * logged once and answered with `otherwise`. A ResponseError that the handler throws is the answer.
 */
export function guard<Params, Result>(
  name: string,
  log: Log,
  otherwise: Result | ResponseError<never>,
  handler: Handler<Params, Result>,
): GuardedHandler<Params, Result> {
  return async (params, token) => {
    await setImmediate(); // Lets the cancellation of superseded requests arrive first.
    if (token.isCancellationRequested) return cancelled();
    try {
      return await handler(params, token);
    } catch (error) {
      if (isAnswer(error)) return error;
      log.failure(name, error);
      return otherwise;
    }
  };
}

/**
 * Registers a handler for a request of our own, guarded. Its params may be absent: the connection then
 * passes the token alone.
 */
export function onCustomRequest<Params, Result>(
  { connection, log }: { readonly connection: Connection; readonly log: Log },
  method: string,
  otherwise: Result | ResponseError<never>,
  handler: Handler<Params | undefined, Result>,
): void {
  const guarded = guard(method, log, otherwise, handler);
  connection.onRequest(method, (...received: [CancellationToken] | [Params, CancellationToken]) =>
    received.length === 1 ? guarded(undefined, received[0]) : guarded(received[0], received[1]),
  );
}

function isAnswer(error: unknown): error is ResponseError<never> {
  return error instanceof ResponseError;
}

/** The answer to a request that was cancelled. */
export function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
}
