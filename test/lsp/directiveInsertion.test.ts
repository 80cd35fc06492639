import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findDirectives } from '../../server/core/syntax/directives';
import { parseTypeScript } from '../../server/core/syntax/typescript/parse';
import { type DirectiveInsertion, fileDirective, lineDirective } from '../../server/lsp/directiveInsertion';

const RULE = 'query-in-loop';

function written(text: string, insertion: DirectiveInsertion | undefined): string {
  assert(insertion);
  const { offset, before, after } = insertion;
  return `${text.slice(0, offset)}${before}because${after}${text.slice(offset)}`;
}

/** Writes a directive for the line of `find`, and checks that it covers that place. */
function ignoring(text: string, find = 'find'): string {
  const at = text.indexOf(find);
  const result = written(text, lineDirective(text, parseTypeScript('a.tsx', text), at, RULE));
  const [directive] = findDirectives(result);
  const moved = result.indexOf(find, result.indexOf('because'));
  assert(
    directive && directive.target.start <= moved && moved < directive.target.end,
    'the directive covers the place',
  );
  assert.equal(directive.reason, 'because');
  return result;
}

describe('a directive for a line', () => {
  it('stands above it, indented like it, with tabs too', () => {
    assert.equal(
      ignoring('{\n\t\tfind();\n}\n'),
      '{\n\t\t// perf-hints-ignore query-in-loop: because\n\t\tfind();\n}\n',
    );
  });

  it('stands in the middle of a statement where the place does', () => {
    assert.match(ignoring('const a = await db\n  .post\n  .find();\n'), /\.post\n {2}\/\/ perf-hints/);
  });

  it('is a comment of JSX among its children', () => {
    assert.match(
      ignoring('const a = (\n  <ul>\n    {find()}\n  </ul>\n);\n'),
      /\n {4}\{\/\* .*: because \*\/\}\n {4}\{find/,
    );
  });

  it('can not stand within a template', () => {
    const text = `const a = \`one\n  \${find()}\`;\n`;
    assert.equal(lineDirective(text, parseTypeScript('a.ts', text), text.indexOf('find'), RULE), undefined);
  });

  it('can stand within the code of a template', () => {
    assert.match(ignoring(`const a = \`\${map(\n  find(),\n)}\`;\n`), /\n {2}\/\/ perf-hints-ignore/);
  });

  it('can be the first line', () => {
    assert.equal(ignoring('find();'), '// perf-hints-ignore query-in-loop: because\nfind();');
  });
});

describe('a directive for a file', () => {
  const forFile = (text: string) => written(text, fileDirective(text, parseTypeScript('a.ts', text), RULE));
  const directive = '// perf-hints-ignore-file query-in-loop: because';

  it('stands at the top', () => {
    assert.equal(forFile('find();\n'), `${directive}\nfind();\n`);
    assert.equal(forFile(''), `${directive}\n`);
  });

  it('stands below a shebang and a prologue', () => {
    assert.equal(
      forFile("#!/bin/node\n'use client';\n\nfind();\n"),
      `#!/bin/node\n'use client';\n${directive}\n\nfind();\n`,
    );
    assert.equal(forFile("'use server'"), `'use server'\n${directive}\n`);
  });
});
