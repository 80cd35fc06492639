import type { RouteFact } from '../routeFacts';
import type { Tables } from '../tables';
import type { Values } from '../values';
import { readControllerRoutes } from './controllerRoutes';
import { readPathRoutes } from './pathRoutes';
import { readProcedures } from './procedures';
import { readServerDirectives } from './serverDirectives';

/** Reads the ways in from outside that a file declares; those that follow from its place need none. */
export function readRoutes(tables: Tables, values: Values): RouteFact[] {
  return [
    ...readServerDirectives(tables),
    ...readControllerRoutes(tables, values),
    ...readPathRoutes(tables, values),
    ...readProcedures(tables, values),
  ];
}
