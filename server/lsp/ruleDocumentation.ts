import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ruleMetas } from '../core/rules/ruleMetas';
import {
  type RuleDocumentation,
  RuleDocumentationMethod,
  type RuleDocumentationParams,
  type RuleSummary,
  RulesMethod,
} from '../protocol';
import { onCustomRequest } from './guard';
import type { Session } from './session';

/** Where the pages lie: beside the bundle, or, from source, where they are written. */
const PAGE_FOLDERS = [join(__dirname, 'rules'), join(__dirname, '../../test/rules')];

/** Answers `perfHints/rules` and `perfHints/ruleDocumentation`. */
export function handleRuleDocumentation(session: Session): void {
  onCustomRequest<RuleDocumentationParams, RuleDocumentation | null>(
    session,
    RuleDocumentationMethod,
    null,
    (params) => (params ? readRuleDocumentation(params.rule) : null),
  );
  onCustomRequest<never, readonly RuleSummary[]>(session, RulesMethod, [], () =>
    ruleMetas.map(({ id, title, category, severity, fix }) => ({ id, title, category, severity, fix })),
  );
}

/** Returns a rule's page; null for an id that no rule has. A rule without a page has its title for one. */
async function readRuleDocumentation(rule: string): Promise<RuleDocumentation | null> {
  const meta = ruleMetas.find(({ id }) => id === rule);
  if (!meta) return null;
  for (const folder of PAGE_FOLDERS) {
    const markdown = await readFile(join(folder, `${rule}.md`), 'utf8').catch(() => undefined);
    if (markdown !== undefined) return { rule, title: meta.title, markdown };
  }
  return { rule, title: meta.title, markdown: `# ${meta.title}\n` };
}
