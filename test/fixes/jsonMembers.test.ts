import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Node, parse, parseTree } from 'jsonc-parser';
import { addJsonMembers, removeJsonMember } from '../../server/core/fixes/jsonMembers';
import { propertyOf } from '../../server/core/syntax/json/jsonText';
import { applyEdits } from '../../server/core/text/textEdit';

/** Objects as people write them. */
const OBJECTS = [
  '{\n  "a": 1,\n  "b": [1, 2]\n}\n',
  '{\n  "a": 1,\n  "b": 2,\n}\n',
  '{ "a": 1, "b": 2 }',
  '{"a":1}',
  '{ "a": 1, }',
  '{\n\t"a": 1, // one\n\t"b": 2 // two\n}\n',
  '{\r\n    "a": 1, /* one\r\n two */\r\n    "b": 2 /* three */ // four\r\n    // five\r\n}\r\n',
  '{\n  // first\n  "a": 1, "b": 2,\n  "c": { "d": 1 } }\n',
  '{\n  "a": 1\n  , "b": 2\n  // end\n  ,\n}\n',
];

describe('members of JSON objects', () => {
  for (const text of OBJECTS) {
    it(`are added at the end of ${JSON.stringify(text)}`, () => {
      const after = applyEdits(text, addJsonMembers(text, rootOf(text), ['"x": true', '"y": [1]']));
      assert.deepEqual(valid(after), { ...valid(text), x: true, y: [1] });
      assert.deepEqual(commentsOf(after), commentsOf(text));
    });

    for (const name of Object.keys(valid(text))) {
      it(`${name} is taken out of ${JSON.stringify(text)}`, () => {
        const property = propertyOf(rootOf(text), name)?.parent;
        assert.ok(property);
        const after = applyEdits(text, removeJsonMember(text, property));
        const { [name]: _, ...rest } = valid(text);
        assert.deepEqual(valid(after), rest);
      });
    }
  }

  it('keep a comment beside the member that it is about', () => {
    const text = '{\n  "a": 1 // about a\n}\n';
    const after = applyEdits(text, addJsonMembers(text, rootOf(text), ['"b": 2']));
    assert.equal(after, '{\n  "a": 1, // about a\n  "b": 2\n}\n');
  });

  it('keep the comma behind the last one where there is one', () => {
    const text = '{\n  "a": 1,\n}\n';
    const after = applyEdits(text, addJsonMembers(text, rootOf(text), ['"b": 2']));
    assert.equal(after, '{\n  "a": 1,\n  "b": 2,\n}\n');
  });

  it('are the first of an empty object', () => {
    assert.equal(applyEdits('{}', addJsonMembers('{}', rootOf('{}'), ['"a": 1'])), '{\n  "a": 1\n}');
    const text = '{\n  // nothing\n}\n';
    assert.deepEqual(valid(applyEdits(text, addJsonMembers(text, rootOf(text), ['"a": 1']))), { a: 1 });
  });

  it('take their line and the comma before them along', () => {
    const text = '{\n  "a": 1, // one\n  "b": 2\n}\n';
    const property = propertyOf(rootOf(text), 'b')?.parent;
    assert.ok(property);
    assert.equal(applyEdits(text, removeJsonMember(text, property)), '{\n  "a": 1 // one\n}\n');
  });
});

function rootOf(text: string): Node {
  const root = parseTree(text, [], { allowTrailingComma: true });
  assert.ok(root);
  return root;
}

/** The value of a text that has no more wrong than a trailing comma. */
function valid(text: string): Record<string, unknown> {
  const errors: object[] = [];
  const value: Record<string, unknown> = parse(text, errors as [], { allowTrailingComma: true });
  assert.deepEqual(errors, [], text);
  return value;
}

function commentsOf(text: string): string[] {
  return text.match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? [];
}
