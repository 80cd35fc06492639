import type ts from 'typescript';
import type { TextEdit } from '../text/textEdit';
import { holdsComment } from './movedText';

/** Returns the edit that takes a property out of its object literal, with its comma; comments around it stay. */
export function removeProperty(property: ts.PropertyAssignment): TextEdit {
  const { text } = property.getSourceFile();
  const { properties } = property.parent;
  const index = properties.indexOf(property);
  const previous = properties[index - 1];
  const start = property.getStart();
  if (index < properties.length - 1) {
    const comma = /^\s*,\s*/.exec(text.slice(property.end, property.end + 500))?.[0] ?? '';
    return remove(start, property.end + comma.length);
  }
  // A trailing comma is then that of the property before.
  const isPlain = previous !== undefined && !holdsComment(text, { start: previous.end, end: start });
  return remove(isPlain ? previous.end : start, property.end);
}

function remove(start: number, end: number): TextEdit {
  return { range: { start, end }, newText: '' };
}
