import type { TypeCheckCommand } from '../model/settings/typeCheckCommands';
import type { FileEdit } from '../text/textEdit';

/** Returns the edit that adds arguments, none of which needs quotes, behind those that a compiler is given. */
export function addCompilerArguments({ file, run }: TypeCheckCommand, args: readonly string[]): FileEdit {
  const { offset, as } = run.argumentsEnd;
  const newText = args.map((arg) => (as === 'words' ? ` ${arg}` : `, "${arg}"`)).join('');
  return { file, edits: [{ range: { start: offset, end: offset }, newText }] };
}
