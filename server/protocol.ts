/**
 * What client and server say to each other beyond the Language Server Protocol. Constants and types
 * only: the client bundles nothing of the server through this file.
 */
import type { FixKind, Severity } from './core/rules/rule';
import type { OutOfMemoryAction, OutOfMemoryAdvice } from './typeCheck/explainOutOfMemory';
import type { TypeCheckMode, TypeCheckOutcome, TypeCheckRun } from './typeCheck/run';

export type { OutOfMemoryAction, OutOfMemoryAdvice, TypeCheckMode, TypeCheckOutcome, TypeCheckRun };

/** Positions as in LSP: 0-based, UTF-16. */
export interface ProtocolPosition {
  readonly line: number;
  readonly character: number;
}

export interface ProtocolRange {
  readonly start: ProtocolPosition;
  readonly end: ProtocolPosition;
}

/** `initializationOptions`: what this client can do that LSP has no capability for. */
export interface InitializationOptions {
  /** The {@link ClientCommand}s that the client has registered; others are not asked of it. */
  readonly clientCommands?: readonly string[];
  /** A folder (absolute) of this client's own for what is worth keeping from one session to the next. */
  readonly storagePath?: string;
}

/** Commands that the server attaches to code actions and the client runs. */
export const ClientCommand = {
  /** Argument: {@link InsertDirective}. For clients without snippet edits. */
  insertDirective: 'perfHints.insertDirective',
  /** Argument: the rule's id. */
  showRuleDocumentation: 'perfHints.showRuleDocumentation',
} as const;

/** Insert `before` and `after` at `position`, and put the cursor between them: the reason is typed there. */
export interface InsertDirective {
  readonly uri: string;
  /** The version of the document that `position` was computed for. */
  readonly version: number;
  readonly position: ProtocolPosition;
  /** The directive with its indentation, ending in `: `. */
  readonly before: string;
  /** The end of the comment, where it needs one, and the document's own line break. */
  readonly after: string;
}

/** `perfHints/audit`: analyses whole workspace folders. Progress by `workDoneToken`; cancellable. */
export const AuditMethod = 'perfHints/audit';

export interface AuditParams {
  /** The workspace folders to audit; all of them if absent. */
  readonly folders?: readonly string[];
  /** For progress: its `message` counts files and findings. */
  readonly workDoneToken?: number | string;
}

export interface AuditResult {
  readonly files: readonly AuditedFile[];
  readonly counts: AuditCounts;
  readonly durationMs: number;
}

export interface AuditCounts {
  readonly findings: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
  /** Findings that ignore directives took away. */
  readonly suppressed: number;
  /** Files that were looked at. */
  readonly analysed: number;
}

/** A file with at least one finding. */
export interface AuditedFile {
  readonly uri: string;
  /** The workspace folder it lies in. */
  readonly folder: string;
  /** Relative to that folder, with `/`. */
  readonly path: string;
  readonly findings: readonly AuditFinding[];
}

export interface AuditFinding {
  readonly rule: string;
  /** The rule's title. */
  readonly title: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: ProtocolRange;
  /** The best fix the rule ever offers: the lightbulb tells whether this place has one. */
  readonly fixable: FixKind | 'none';
}

/** `perfHints/auditReport`: the last audit as Markdown; null if there was none. No params. */
export const AuditReportMethod = 'perfHints/auditReport';

/** `perfHints/ruleDocumentation`: a rule's page; null for an unknown rule. */
export const RuleDocumentationMethod = 'perfHints/ruleDocumentation';

export interface RuleDocumentationParams {
  readonly rule: string;
}

export interface RuleDocumentation {
  readonly rule: string;
  readonly title: string;
  readonly markdown: string;
}

/** `perfHints/rules`: every rule, in the order of the documentation. No params. */
export const RulesMethod = 'perfHints/rules';

export interface RuleSummary {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly severity: Severity;
  readonly fix: FixKind | 'none';
}

/**
 * `perfHints/typeCheckProjects`: the TypeScript projects of the workspace folders, and how their last runs went; null
 * while the folders are being read.
 */
export const TypeCheckProjectsMethod = 'perfHints/typeCheckProjects';

export interface TypeCheckProjectsParams {
  /** `perfHints.typeCheck.tscPath`, in a trusted workspace. */
  readonly tscPath?: string;
}

export interface TypeCheckProject {
  /** Of the workspace folder it lies in. */
  readonly folder: string;
  /** Of its `tsconfig.json`: what names the project. */
  readonly uri: string;
  /** The configuration relative to the folder, with `/`. */
  readonly path: string;
  /** The URIs of the projects that it refers to. */
  readonly references: readonly string[];
  /** The version of the compiler that would run; or why none would, in one sentence. */
  readonly compiler: { readonly version: string } | { readonly problem: string };
  /** The last run; none if it was never run. */
  readonly lastRun?: TypeCheckRun;
  /** The last run for a row: time, memory, and the change against the run before. */
  readonly summary?: string;
  /** The last runs as Markdown. */
  readonly history?: string;
  /** Set where the last run ran out of memory. */
  readonly outOfMemory?: OutOfMemoryAdvice;
}

/** `perfHints/typeCheckComparison`: a project's runs beside each other; null where there are none. */
export const TypeCheckComparisonMethod = 'perfHints/typeCheckComparison';

export interface TypeCheckComparisonParams {
  /** The project's `uri`. */
  readonly project: string;
  /** `startedAt` of the runs to compare; by default the first cold one and the last one. */
  readonly before?: string;
  readonly after?: string;
}

export interface TypeCheckComparison {
  /** The body of a page: themed by VS Code's variables, without scripts or network. */
  readonly html: string;
  readonly markdown: string;
  readonly json: string;
}

/** `perfHints/typeCheckAdvice`: what made the last traced run slow, worst first; null if none was traced. */
export const TypeCheckAdviceMethod = 'perfHints/typeCheckAdvice';

export interface TypeCheckAdviceParams {
  /** The project's `uri`. */
  readonly project: string;
}

export interface TypeCheckAdvice {
  /** One short line. */
  readonly title: string;
  /** What it costs, measured: `1.2 s of 4.0 s`. */
  readonly detail: string;
  /** The place to open, if there is one. */
  readonly uri?: string;
  readonly position?: ProtocolPosition;
}

/** Server to client, a notification: the folders were read, or a project came or went. No params. */
export const TypeCheckProjectsChangedNotification = 'perfHints/typeCheckProjectsChanged';

/** Client to server, a notification: a run has ended, and its record may have changed what is found. No params. */
export const TypeCheckRanNotification = 'perfHints/typeCheckRan';
