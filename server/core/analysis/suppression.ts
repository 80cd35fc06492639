import type { Finding } from '../rules/rule';
import type { Directive } from '../syntax/directives';
import type { DocumentFacts } from '../syntax/documentFacts';

/** One rule named in one directive. */
export interface IgnoredRule {
  readonly directive: Directive;
  readonly rule: Directive['rules'][number];
  /** Its place in `directive.rules`. */
  readonly index: number;
}

export interface Suppression {
  /** True if a directive covers the finding; remembers that the directive was of use. */
  covers(finding: Finding): boolean;
  /** The rules named in directives of the file that covered nothing so far. */
  unused(file: string): readonly IgnoredRule[];
}

/** The ignore directives of a document; none for one that can't hold any. */
export function directivesOf(facts: DocumentFacts | undefined): readonly Directive[] {
  return facts && 'directives' in facts ? facts.directives : [];
}

/** Applies the ignore directives of documents to findings, and keeps count of which were needed. */
export function suppressionBy(documents: ReadonlyMap<string, DocumentFacts>): Suppression {
  const used = new Set<Directive['rules'][number]>();
  return {
    covers(finding) {
      let covered = false;
      for (const { scope, target, rules } of directivesOf(documents.get(finding.file))) {
        const start = finding.range.start;
        if (scope === 'line' && (start < target.start || start >= Math.max(target.end, target.start + 1))) continue;
        for (const rule of rules) {
          if (rule.id !== finding.rule) continue;
          used.add(rule);
          covered = true;
        }
      }
      return covered;
    },
    unused: (file) =>
      directivesOf(documents.get(file)).flatMap((directive) =>
        directive.rules.flatMap((rule, index) => (used.has(rule) ? [] : [{ directive, rule, index }])),
      ),
  };
}
