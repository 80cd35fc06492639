import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Names the program that reads the facts: another build, another name, so that no build trusts what
 * another found. Undefined where it runs from its sources, which can change without it.
 */
export function engineId(): string | undefined {
  return __filename.endsWith('.ts') ? undefined : hash('sha256', readFileSync(__filename), 'base64url');
}
