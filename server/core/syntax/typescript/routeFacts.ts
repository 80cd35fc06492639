import type { Range } from '../../text/range';
import type { Value } from './facts';

/**
 * What a file says of the ways in from outside. Whether a receiver is a router, and of which framework, is
 * for the model to say: it often comes from another file.
 */
export type RouteFact =
  | PathRouteFact
  | ControllerRouteFact
  | MountFact
  | ProcedureFact
  | ProcedureRouterFact
  | DirectiveFact;

/** `router.get('/orders', guard, list)`, `app.route('/orders').get(list)`, `fastify.route({ method, url, handler })`. */
export interface PathRouteFact {
  readonly kind: 'path';
  /** `GET`; `ALL` for any. */
  readonly method: string;
  /** Pieces that make up the path one after another; one that is no literal may be so elsewhere. */
  readonly path: readonly Value[];
  readonly router: Value;
  /** The functions given, in order: the last one answers. */
  readonly handlers: readonly Value[];
  /** The framework whose handlers the last function is like, by its parameters: a request and a response, or a reply. */
  readonly handlerLike?: 'express' | 'fastify';
  /** The method's name in the call. */
  readonly range: Range;
}

/** A method with `@Get(':id')` of a class with `@Controller('orders')`. */
export interface ControllerRouteFact {
  readonly kind: 'controller';
  readonly framework: 'nest' | 'routing-controllers';
  readonly method: string;
  readonly path: readonly Value[];
  /** The method's row in `functions`. */
  readonly function: number;
  /** The method's name. */
  readonly range: Range;
}

/** `app.use('/api', router)`, `app.route('/api', router)`, `fastify.register(plugin, { prefix: '/api' })`. */
export interface MountFact {
  readonly kind: 'mount';
  readonly path: readonly Value[];
  readonly router: Value;
  /** What was given beside the path; some of it may be middleware. */
  readonly mounted: readonly Value[];
}

/** `publicProcedure.input(…).query(async () => …)`. */
export interface ProcedureFact {
  readonly kind: 'procedure';
  readonly method: 'query' | 'mutation' | 'subscription';
  readonly handler: Value;
  /** The whole chain, by which a router's entry is known to be this procedure. */
  readonly chain: Range;
  /** The method's name in the call. */
  readonly range: Range;
}

/** `router({ list: …, users: usersRouter })`, `mergeRouters(a, b)`. */
export interface ProcedureRouterFact {
  readonly kind: 'procedure-router';
  readonly callee: Value;
  /** `key`: names joined by dots; empty for a router that is merged in. */
  readonly entries: readonly { readonly key: string; readonly value: Value }[];
  /** The whole call. */
  readonly range: Range;
}

/** `'use server'` or `'use client'` at the head of a function; function 0 is the file. */
export interface DirectiveFact {
  readonly kind: 'directive';
  readonly directive: 'use server' | 'use client';
  readonly function: number;
  /** The function's name; the directive where it has none. */
  readonly range: Range;
}
