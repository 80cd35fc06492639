import type { Rule } from '../core/rules/rule';

/** Where the time of one audit goes. */
export class Timings {
  readonly #started = performance.now();
  readonly #milliseconds = new Map<string, number>();

  /** Milliseconds since the audit began. */
  elapsed(): number {
    return performance.now() - this.#started;
  }

  add(what: string, milliseconds: number): void {
    this.#milliseconds.set(what, (this.#milliseconds.get(what) ?? 0) + milliseconds);
  }

  /** The same rule, its runs timed. */
  ofRule(rule: Rule): Rule {
    return {
      ...rule,
      run: (scope, emit, isAside) => {
        const started = performance.now();
        try {
          rule.run(scope, emit, isAside);
        } finally {
          this.add(`rule ${rule.id}`, performance.now() - started);
        }
      },
    };
  }

  /** A line each, the dearest first. */
  lines(): string[] {
    const rows = [...this.#milliseconds, ['total', this.elapsed()] as const].sort(([, a], [, b]) => b - a);
    return rows.map(([what, milliseconds]) => `${milliseconds.toFixed(1).padStart(9)} ms  ${what}`);
  }
}
