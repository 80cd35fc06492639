import type { Connection } from 'vscode-languageserver/node';
import { detailOf } from '../workspace/notes';

/** Where the server tells what went wrong inside it: the client's output channel. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** Logs an internal error; the same `subject` (a rule's name, a handler's) only once in a session. */
  failure(subject: string, error: unknown): void;
}

/** Returns a log that writes to the client. */
export function createLog(connection: Connection): Log {
  const told = new Set<string>();
  return {
    info: (message) => connection.console.info(message),
    warn: (message) => connection.console.warn(message),
    failure(subject, error) {
      if (told.has(subject)) return;
      told.add(subject);
      connection.console.error(`${subject}: internal error, the rest goes on. ${detailOf(error)}`);
    },
  };
}
