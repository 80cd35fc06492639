import type { DocumentFacts } from '../core/syntax/documentFacts';

/** What reading one file gave: facts, or why there are none; neither for a file that says nothing. */
export interface Reading {
  readonly facts?: DocumentFacts;
  /** Worth telling: the file looked as if it were to be analysed. */
  readonly skipped?: string;
  /** True for code that a tool wrote. */
  readonly generated?: boolean;
}

/** True for what can be a reading, of something that came as JSON. */
export function isReading(value: unknown): value is Reading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (!('facts' in value)) return true;
  return typeof value.facts === 'object' && value.facts !== null && 'kind' in value.facts;
}
