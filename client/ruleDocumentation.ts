import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type RuleDocumentation,
  RuleDocumentationMethod,
  type RuleDocumentationParams,
  type RuleSummary,
  RulesMethod,
} from '../server/protocol';
import { ruleOf } from './findings';

const scheme = 'perf-hints-rule';

/** Serves the rules' pages as read-only documents, so that the editor's own Markdown preview shows them. */
export function provideRulePages(client: LanguageClient): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const params: RuleDocumentationParams = { rule: uri.path.slice(1).replace(/\.md$/, '') };
      const page = await client.sendRequest<RuleDocumentation | null>(RuleDocumentationMethod, params);
      return page?.markdown ?? `There is no rule \`${params.rule}\`.`;
    },
  });
}

/** Shows a rule's page, rendered; asks which rule where none is given. */
export async function showRuleDocumentation(client: LanguageClient, rule?: string): Promise<void> {
  const shown = rule ?? (await pickRule(client));
  if (shown) {
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme, path: `/${shown}.md` }));
  }
}

async function pickRule(client: LanguageClient): Promise<string | undefined> {
  const rules = await client.sendRequest<readonly RuleSummary[]>(RulesMethod);
  const here = rulesAtCursor();
  const items = rules
    .map(({ id, title, category }) => ({ label: id, description: title, detail: category }))
    .sort((a, b) => Number(here.has(b.label)) - Number(here.has(a.label)));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'A rule', matchOnDescription: true });
  return picked?.label;
}

function rulesAtCursor(): ReadonlySet<string> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return new Set();
  const line = editor.selection.active.line;
  return new Set(
    vscode.languages
      .getDiagnostics(editor.document.uri)
      .filter(({ source, range }) => source === 'perf-hints' && range.start.line <= line && line <= range.end.line)
      .map(ruleOf),
  );
}
