import { type Node, parseTree } from 'jsonc-parser';
import { propertyOf } from '../syntax/json/jsonText';
import type { FileEdit } from '../text/textEdit';
import { addJsonMembers, removeJsonMember } from './jsonMembers';
import type { Sources } from './sources';

/** Returns the edit that sets compiler options which are not there yet; `compilerOptions` is made where it is missing. */
export function addCompilerOptions(
  file: string,
  options: Readonly<Record<string, unknown>>,
  sources: Sources,
): FileEdit | undefined {
  const { text, root } = parsed(file, sources);
  const members = Object.entries(options).map(([name, value]) => member(name, value));
  const target = propertyOf(root, 'compilerOptions');
  if (target?.type === 'object') return { file, edits: addJsonMembers(text, target, members) };
  if (!root || target) return undefined;
  return { file, edits: addJsonMembers(text, root, [`"compilerOptions": { ${members.join(', ')} }`]) };
}

/** Returns the edit that takes a compiler option out. */
export function removeCompilerOption(file: string, name: string, sources: Sources): FileEdit | undefined {
  const { text, root } = parsed(file, sources);
  const property = propertyOf(propertyOf(root, 'compilerOptions'), name)?.parent;
  return property && { file, edits: removeJsonMember(text, property) };
}

/** Returns the edit that gives a compiler option another value; undefined where it is not set. */
export function replaceCompilerOption(
  file: string,
  name: string,
  value: unknown,
  sources: Sources,
): FileEdit | undefined {
  const node = propertyOf(propertyOf(parsed(file, sources).root, 'compilerOptions'), name);
  if (!node) return undefined;
  const range = { start: node.offset, end: node.offset + node.length };
  return { file, edits: [{ range, newText: valueText(value) }] };
}

/** Returns the edit that adds entries to `exclude`, which is made where it is missing. */
export function addExcludes(file: string, entries: readonly string[], sources: Sources): FileEdit | undefined {
  const { text, root } = parsed(file, sources);
  const list = propertyOf(root, 'exclude');
  if (list?.type === 'array') {
    return {
      file,
      edits: addJsonMembers(
        text,
        list,
        entries.map((entry) => JSON.stringify(entry)),
      ),
    };
  }
  if (!root || list) return undefined;
  return { file, edits: addJsonMembers(text, root, [member('exclude', entries)]) };
}

function parsed(file: string, sources: Sources): { readonly text: string; readonly root: Node | undefined } {
  const text = sources.text(file) ?? '';
  return { text, root: parseTree(text, [], { allowTrailingComma: true }) };
}

function member(name: string, value: unknown): string {
  return `${JSON.stringify(name)}: ${valueText(value)}`;
}

/** Lists on one line, as they are mostly written. */
function valueText(value: unknown): string {
  return Array.isArray(value)
    ? `[${value.map((element) => JSON.stringify(element)).join(', ')}]`
    : JSON.stringify(value);
}
