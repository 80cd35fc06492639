import { type CodeAction, CodeActionKind } from 'vscode-languageserver/node';
import { type ChosenFix, chooseFixes, editsOf } from '../core/fixes/applyFixes';
import { leavesSchemaNoWorse } from '../workspace/fixedSchemas';
import { findingsIn } from './findings';
import type { DocumentPlace } from './folders';
import type { Session } from './session';
import { toWorkspaceEdit } from './toProtocol';

/** The kind under which editors run it on save, and our own command asks for it. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.perfHints`;

/** Offers one action with every safe fix within the document that touches no other; none where there is nothing to fix. */
export async function fixAllAction(session: Session, { folder, file }: DocumentPlace): Promise<CodeAction[]> {
  const sources = folder.texts.sources();
  const chosen = chooseFixes(findingsIn(session, { folder, file }), sources, {
    unsafe: false,
    accepts: ({ fix }) => fix.edits.every((edit) => edit.file === file),
    onRuleError: (rule, error) => session.log.failure(`The fixes of rule ${rule}`, error),
  });
  const sound: ChosenFix['fix'][] = [];
  for (const { fix } of chosen) if (await leavesSchemaNoWorse(fix, folder.project, sources)) sound.push(fix);
  const edit = toWorkspaceEdit(editsOf(sound), folder.texts, session.client);
  return sound.length > 0 && edit ? [{ title: 'Fix all safe performance problems', kind: FIX_ALL, edit }] : [];
}
