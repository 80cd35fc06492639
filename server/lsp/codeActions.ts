import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Fix, Severity } from '../core/rules/rule';
import type { Range } from '../core/text/range';
import { leavesSchemaNoWorse } from '../workspace/fixedSchemas';
import { documentationActions } from './documentationActions';
import { findingsIn, fixesOf } from './findings';
import { FIX_ALL, fixAllAction } from './fixAll';
import type { DocumentPlace } from './folders';
import { guard } from './guard';
import { ignoreActions } from './ignoreActions';
import { findOpen, type Session } from './session';
import { toDiagnostic, toWorkspaceEdit } from './toProtocol';

/** What a code action says of itself until it is resolved: enough to compute its edit anew. */
interface FixReference {
  readonly uri: string;
  readonly version: number;
  readonly rule: string;
  readonly range: Range;
  /** Which of the finding's fixes. */
  readonly index: number;
}

/** What costs most is repaired first. */
const WEIGHT: Record<Severity, number> = { warning: 0, information: 1, hint: 2 };

/** Answers `textDocument/codeAction` and `codeAction/resolve`. Nothing is remembered between the two. */
export function handleCodeActions(session: Session): void {
  const { connection, log } = session;
  connection.onCodeAction(guard('textDocument/codeAction', log, null, (params) => codeActions(session, params)));
  const resolve = async (action: CodeAction): Promise<CodeAction> => {
    if (!isFixReference(action.data)) return action;
    return { ...action, edit: await editOf(session, action.title, action.data) };
  };
  connection.onCodeActionResolve((action, token) =>
    guard('codeAction/resolve', log, action, () => resolve(action))(undefined, token),
  );
}

async function codeActions(
  session: Session,
  { textDocument, range, context }: CodeActionParams,
): Promise<CodeAction[]> {
  const place = findOpen(session, textDocument.uri);
  const document = place?.folder.texts.document(place.file);
  if (!place || !document || !session.client.codeActionLiterals) return [];
  const actions: CodeAction[] = [];
  if (wants(context.only, CodeActionKind.QuickFix)) {
    const asked = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    const touched = findingsIn(session, place)
      .filter((finding) => touches(finding.range, asked))
      .sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
    actions.push(...(await fixActions(session, place, document, touched)));
    actions.push(...ignoreActions(session, place, document, touched));
    actions.push(...documentationActions(session, place, document, touched));
  }
  if (context.only && wants(context.only, FIX_ALL)) actions.push(...(await fixAllAction(session, place)));
  return actions;
}

/** Without `only`, the client wants what belongs in a lightbulb: no source actions. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only?.some((each) => each === '' || kind === each || kind.startsWith(`${each}.`)) ?? true;
}

function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

async function fixActions(
  session: Session,
  place: DocumentPlace,
  document: TextDocument,
  findings: readonly Finding[],
): Promise<CodeAction[]> {
  const { client } = session;
  const { texts } = place.folder;
  const sources = texts.sources();
  const actions: CodeAction[] = [];
  for (const finding of findings) {
    const diagnostics = [toDiagnostic(finding, document, texts.document, client)];
    let isPreferred = true;
    for (const [index, fix] of fixesOf(session, finding, sources).entries()) {
      if (!client.createsFiles && fix.edits.some(({ create }) => create)) continue;
      if (!(await leavesSchemaNoWorse(fix, place.folder.project, sources))) continue;
      const edit = client.resolvesEdits ? undefined : toWorkspaceEdit(fix.edits, texts, client);
      const data: FixReference = {
        uri: document.uri,
        version: document.version,
        rule: finding.rule,
        range: finding.range,
        index,
      };
      if (!client.resolvesEdits && !edit) continue;
      actions.push({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        ...(isPreferred ? { isPreferred } : {}),
        ...(edit ? { edit } : { data }),
      });
      isPreferred = false;
    }
  }
  return actions;
}

/** Computes a fix again. Throws a ResponseError where the document moved on, or the fix no longer holds. */
async function editOf(session: Session, title: string, { uri, version, rule, range, index }: FixReference) {
  const place = findOpen(session, uri);
  if (!place || session.documents.get(uri)?.version !== version) throw outdated();
  const { texts } = place.folder;
  const sources = texts.sources();
  const finding = findingsIn(session, place).find(
    (each) => each.rule === rule && each.range.start === range.start && each.range.end === range.end,
  );
  const fix: Fix | undefined = finding && fixesOf(session, finding, sources)[index];
  if (fix?.title !== title || !(await leavesSchemaNoWorse(fix, place.folder.project, sources))) throw outdated();
  const edit = toWorkspaceEdit(fix.edits, texts, session.client);
  if (!edit || session.documents.get(uri)?.version !== version) throw outdated();
  return edit;
}

function outdated(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The file has changed since this fix was offered.');
}

function isFixReference(data: unknown): data is FixReference {
  return typeof data === 'object' && data !== null && 'uri' in data && 'version' in data && 'index' in data;
}
