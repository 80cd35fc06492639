import {
  type CodeAction,
  CodeActionKind,
  type SnippetTextEdit,
  type TextDocumentEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { directiveRules } from '../core/rules/directives';
import type { Finding } from '../core/rules/rule';
import { ClientCommand, type InsertDirective } from '../protocol';
import { trackedKind } from '../workspace/trackedFiles';
import type { Client } from './client';
import { type DirectiveInsertion, fileDirective, lineDirective, REASON } from './directiveInsertion';
import type { DocumentPlace } from './folders';
import type { Session } from './session';
import { toDiagnostic, toWorkspaceEdit } from './toProtocol';

const ABOUT_DIRECTIVES: ReadonlySet<string> = new Set(directiveRules.map(({ id }) => id));

/** Offers to ignore each finding on its line, and each rule in the whole file; neither where a file has no comments. */
export function ignoreActions(
  { client }: Session,
  { folder, file }: DocumentPlace,
  document: TextDocument,
  findings: readonly Finding[],
): CodeAction[] {
  if (trackedKind(file) === 'package') return [];
  const text = document.getText();
  const tree = folder.texts.sources().tree(file);
  const actions = new Map<string, CodeAction>();
  const offer = (title: string, finding: Finding, insertion: DirectiveInsertion | undefined) => {
    if (!insertion) return;
    const key = `${title} ${insertion.offset}`;
    const diagnostic = toDiagnostic(finding, document, folder.texts.document, client);
    const known = actions.get(key);
    actions.set(key, {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [...(known?.diagnostics ?? []), diagnostic],
      ...writing(insertion, { file, document, client }),
    });
  };
  const ignorable = findings.filter(({ rule }) => !ABOUT_DIRECTIVES.has(rule));
  for (const finding of ignorable) {
    const { rule, range } = finding;
    offer(`Ignore on this line: ${rule}`, finding, lineDirective(text, tree, range.start, rule));
  }
  for (const finding of ignorable) {
    offer(`Ignore in this file: ${finding.rule}`, finding, fileDirective(text, tree, finding.rule));
  }
  return [...actions.values()];
}

/** How the client writes a directive, so that the reason is typed next; without such means, a placeholder. */
function writing(
  { offset, before, after }: DirectiveInsertion,
  { file, document, client }: { file: string; document: TextDocument; client: Client },
): Pick<CodeAction, 'edit' | 'command'> {
  const position = document.positionAt(offset);
  const { uri, version } = document;
  if (client.snippetEdits) {
    const value = `${escaped(before)}\${0:${REASON}}${escaped(after)}`;
    const edit: SnippetTextEdit = { range: { start: position, end: position }, snippet: { kind: 'snippet', value } };
    const change: TextDocumentEdit = { textDocument: { uri, version }, edits: [edit] };
    return { edit: { documentChanges: [change] } };
  }
  if (client.commands.has(ClientCommand.insertDirective)) {
    const argument: InsertDirective = { uri, version, position, before, after };
    return { command: { title: 'Ignore', command: ClientCommand.insertDirective, arguments: [argument] } };
  }
  const newText = before + REASON + after;
  const edit = toWorkspaceEdit(
    [{ file, edits: [{ range: { start: offset, end: offset }, newText }] }],
    { document: () => document, uri: () => uri },
    client,
  );
  return edit ? { edit } : {};
}

/** Text as it stands in a snippet. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
