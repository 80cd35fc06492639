import type { Sources } from '../fixes/sources';
import type { Scope } from '../model/scope';
import type { FileEdit, Place } from '../text/textEdit';

export type Severity = 'warning' | 'information' | 'hint';

export type Category =
  | 'round-trips'
  | 'result-size'
  | 'concurrency'
  | 'schema'
  | 'client'
  | 'cache'
  | 'runtime'
  | 'react'
  | 'type-check'
  | 'directive';

/** `safe`: same results, same effects. `suggestion`: changes something that the title names. */
export type FixKind = 'safe' | 'suggestion';

/** A second place that explains a finding: the loop, the parent query, the query sites. */
export interface Related extends Place {
  readonly message: string;
}

/** A repair, in edits of the very texts it was computed from. */
export interface Fix {
  /** Imperative, in the developer's words; a suggestion's title says what changes. */
  readonly title: string;
  readonly kind: FixKind;
  readonly edits: readonly FileEdit[];
}

/** The core's result: one place, one sentence or two, and what can be done. */
export interface Finding extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly Related[];
  /**
   * Computes the repairs that hold for this place, the best first; none where none is proven right.
   * Costly (it parses): call it only when a person asks.
   */
  readonly fixes: (sources: Sources) => readonly Fix[];
}

/** What a rule says about one place. `data` is what its message is made of. */
export interface Report<Data> {
  readonly at: Place;
  readonly data: Data;
  /** Where the place deserves another severity than the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fixes?: (sources: Sources) => readonly (Fix | undefined)[];
}

export interface RuleContext<Data> {
  /** The part of the project that is asked about, as indexes to start from. */
  readonly scope: Scope;
  /** True for tests, seeds, scripts …: what they do says nothing about the application's traffic. */
  readonly isAside: (file: string) => boolean;
  readonly report: (report: Report<Data>) => void;
}

/** What is known of a rule without running it. */
export interface RuleMeta {
  /** Kebab-case; names the defect. */
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  /** What it reports unless the place says otherwise; also what the settings show. */
  readonly severity: Severity;
  /** The best fix it ever offers. */
  readonly fix: FixKind | 'none';
  /**
   * True where a fix changes which rows a query asks for, so that it may want another index, or another rule speak:
   * each is tried in memory before it is offered, which takes as long as analysing its file anew.
   */
  readonly triesFixes?: boolean;
  /** True for the rules about queries, which stay silent in tests, seeds, scripts … by default. */
  readonly runtimeOnly: boolean;
}

interface RuleDefinition<Data> extends RuleMeta {
  check(context: RuleContext<Data>): void;
  /** One or two sentences: what it costs, why, what to do. Names the model or the field. */
  message(data: Data): string;
}

/** A rule, ready to run. */
export interface Rule extends RuleMeta {
  /** Emits the findings of one scope, in no particular order. May throw; the caller isolates it. */
  run(scope: Scope, emit: (finding: Finding) => void, isAside?: (file: string) => boolean): void;
}

/** Declares a rule: one file, one export. */
export function defineRule<Data>(definition: RuleDefinition<Data>): Rule {
  const { check, message, ...meta } = definition;
  return {
    ...meta,
    run: (scope, emit, isAside = () => false) =>
      check({
        scope,
        isAside,
        report: ({ at, data, severity, related, fixes }) =>
          emit({
            rule: meta.id,
            severity: severity ?? meta.severity,
            message: message(data),
            file: at.file,
            range: at.range,
            related: related ?? [],
            fixes: (sources) => (fixes?.(sources) ?? []).filter((fix) => fix !== undefined),
          }),
      }),
  };
}
