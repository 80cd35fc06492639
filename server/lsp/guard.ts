import { setImmediate } from 'node:timers/promises';
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
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
  otherwise: Result,
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

function isAnswer(error: unknown): error is ResponseError<never> {
  return error instanceof ResponseError;
}

/** The answer to a request that was cancelled. */
export function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
}
