import type { Place } from '../../text/textEdit';
import type { FunctionPlace } from '../calls/callees';

export type Framework =
  | 'express'
  | 'fastify'
  | 'hono'
  | 'koa'
  | 'elysia'
  | 'hapi'
  | 'nest'
  | 'routing-controllers'
  | 'next'
  | 'next-safe-action'
  | 'trpc'
  | 'remix'
  | 'nitro'
  | 'graphql';

/** One way in from outside; its place is the name of the handler, or the method's name in the call that makes the route. */
export interface Endpoint extends Place {
  readonly framework: Framework;
  /** `GET`, `ALL`; `page`, `layout`, `action`, `loader`; `query`, `mutation`. */
  readonly method: string;
  /** `/orders/:id`, or a name: `orders.list`, `createOrder`. Parts that can't be seen are `…`. */
  readonly path: string;
  /** What answers; absent where the code does not show which function that is. */
  readonly handler?: FunctionPlace;
  /** What runs before it for every request: middleware of the same route, and wrappers around the handler. */
  readonly before: readonly FunctionPlace[];
}

/** `GET /orders/:id`, `mutation orders.create`. */
export function nameOfEndpoint({ method, path }: Pick<Endpoint, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
