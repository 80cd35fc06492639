import { type CodeAction, CodeActionKind } from 'vscode-languageserver/node';
import type { FileEdit } from '../core/text/textEdit';
import { findingsIn, fixesOf } from './findings';
import type { DocumentPlace } from './folders';
import { leavesSchemaNoWorse } from './schemaEdits';
import type { Session } from './session';
import { toWorkspaceEdit } from './toProtocol';

/** The kind under which editors run it on save, and our own command asks for it. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.perfHints`;

/** Offers one action with every safe fix of the document that does not get in another's way; nothing if there is none. */
export async function fixAllAction(session: Session, place: DocumentPlace): Promise<CodeAction[]> {
  const { texts } = place.folder;
  const sources = texts.sources();
  const chosen: FileEdit[] = [];
  for (const finding of findingsIn(session, place)) {
    const fix = fixesOf(session, finding, sources)[0];
    if (fix?.kind !== 'safe' || !fix.edits.every(({ file }) => file === place.file)) continue;
    if (!(await leavesSchemaNoWorse(session, place.folder, fix))) continue;
    const edits = fix.edits.flatMap((each) => each.edits);
    const taken = chosen.flatMap((each) => each.edits);
    if (
      edits.some(({ range }) => taken.some((other) => range.start <= other.range.end && other.range.start <= range.end))
    )
      continue;
    chosen.push({ file: place.file, edits });
  }
  if (chosen.length === 0) return [];
  const edits = [{ file: place.file, edits: chosen.flatMap((each) => each.edits) }];
  const edit = toWorkspaceEdit(edits, texts.document, session.client);
  return edit ? [{ title: 'Fix all safe performance problems', kind: FIX_ALL, edit }] : [];
}
