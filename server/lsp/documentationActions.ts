import { type CodeAction, CodeActionKind } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../core/rules/rule';
import { ClientCommand } from '../protocol';
import type { DocumentPlace } from './folders';
import type { Session } from './session';
import { toDiagnostic } from './toProtocol';

/** Offers each rule's page, once a rule, to a client that can show it. */
export function documentationActions(
  { client }: Session,
  { folder }: DocumentPlace,
  document: TextDocument,
  findings: readonly Finding[],
): CodeAction[] {
  if (!client.commands.has(ClientCommand.showRuleDocumentation)) return [];
  return [...new Set(findings.map(({ rule }) => rule))].map((rule) => {
    const title = `Show documentation for ${rule}`;
    const explained = findings.filter((finding) => finding.rule === rule);
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: explained.map((finding) => toDiagnostic(finding, document, folder.texts.document, client)),
      command: { title, command: ClientCommand.showRuleDocumentation, arguments: [rule] },
    };
  });
}
