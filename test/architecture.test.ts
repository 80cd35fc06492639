import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import ts from 'typescript';
import packageJson from '../package.json';
import { rules } from '../server/core/rules';
import { ruleMetas } from '../server/core/rules/ruleMetas';
import { readSourceFiles, type SourceFile } from './support/imports';

const TEXT = ['server/core/text/'];
const FACTS = [...TEXT, 'server/core/syntax/'];
const MODEL = [...FACTS, 'server/core/model/'];
/** What is said of a rule without running it. */
const CONTRACT = ['server/core/rules/rule.ts', 'server/core/rules/ruleMetas.ts'];
const CORE = ['server/core/'];
/** The fronts know what version they are. */
const FRONT = [...CORE, 'server/report/', 'server/workspace/', 'server/typeCheck/', 'package.json'];

/** The layers by path, and what each may import besides itself; a file belongs to the first that fits. */
const LAYERS: readonly (readonly [path: string, mayImport: readonly string[]])[] = [
  ['server/core/text/', []],
  ['server/core/syntax/', TEXT],
  ['server/core/model/', FACTS],
  ['server/core/fixes/', [...MODEL, ...CONTRACT]],
  ['server/core/rules/', [...MODEL, 'server/core/fixes/']],
  ['server/core/config', [...TEXT, ...CONTRACT]],
  ['server/core/', CORE],
  ['server/report/', CORE],
  // It judges with Prisma's parser, which it loads, what a fix makes of a schema: a fix's edits, never a rule.
  [
    'server/workspace/',
    [...MODEL, ...CONTRACT, 'server/core/config', 'server/core/fixes/sources.ts', 'server/core/fixes/editedSchemas.ts'],
  ],
  // It reads tsconfig files with comments, and says in the same words why a file can't be written.
  [
    'server/typeCheck/',
    ['server/core/syntax/json/jsonObject.ts', 'server/core/syntax/documentFacts.ts', 'server/workspace/notes.ts'],
  ],
  ['server/protocol.ts', [...CORE, 'server/typeCheck/']],
  ['server/lsp/', [...FRONT, 'server/protocol.ts']],
  ['server/cli/', FRONT],
  ['client/', ['server/protocol.ts']],
];

/** The packages that the core is built on; none of them does I/O unless asked, and none is asked. */
const CORE_PACKAGES = new Set(['typescript', 'jsonc-parser', 'picomatch']);

/** What the core never touches: the process, the clock, chance, the console. */
const IMPURE_GLOBALS = new Set([
  'process',
  'console',
  'performance',
  'Date',
  'fetch',
  'Buffer',
  'globalThis',
  'require',
  'setTimeout',
  'setInterval',
  'setImmediate',
]);

const VAGUE_NAME = /(Manager|Helpers?|Service|Utils?|(?<!Data)Base|Impl)\.ts$/i;

const sources = [...readSourceFiles('server'), ...readSourceFiles('client')];
const core = sources.filter(({ file }) => file.startsWith('server/core/'));

describe('layers', () => {
  it('import only what lies below them', () => {
    const wrong = sources.flatMap(({ file, imports }) => {
      const layer = LAYERS.find(([path]) => file.startsWith(path));
      if (!layer) return [`${file} belongs to no layer`];
      const allowed = [layer[0], ...layer[1]];
      return imports
        .filter((entry) => entry.file && !allowed.some((path) => entry.file?.startsWith(path)))
        .map((entry) => `${file} imports ${entry.file}`);
    });
    assert.deepEqual(wrong, []);
  });

  // Types may refer to each other (a project has scopes, a scope its project); they are gone when code runs.
  it('have no import cycles', () => {
    const graph = sources.map(({ file, imports }): [string, string[]] => [
      file,
      imports.flatMap((entry) => (entry.file && !entry.typeOnly ? entry.file : [])),
    ]);
    assert.deepEqual(findCycle(new Map(graph)), []);
  });

  it('keep a rule from importing another rule', () => {
    const ruleFiles = new Set(rules.map(({ id }) => `server/core/rules/${camelCase(id)}.ts`));
    const wrong = sources
      .filter(({ file }) => file.startsWith('server/core/rules/') && file !== 'server/core/rules/index.ts')
      .flatMap(({ file, imports }) =>
        imports.filter((entry) => ruleFiles.has(entry.file ?? '')).map((entry) => `${file} imports ${entry.file}`),
      );
    assert.deepEqual(wrong, []);
  });

  it('let only the client know vscode, and only the client and lsp the protocol', () => {
    const wrong = sources.filter(({ file, imports }) =>
      imports.some(
        ({ module }) =>
          (module === 'vscode' && !file.startsWith('client/')) ||
          (module.startsWith('vscode-languageserver') && !file.startsWith('server/lsp/')) ||
          (module.startsWith('vscode-languageclient') && !file.startsWith('client/')),
      ),
    );
    assert.deepEqual(
      wrong.map(({ file }) => file),
      [],
    );
  });

  it('send types only through the protocol, so that the client bundles nothing of the server', () => {
    const protocol = sources.filter(({ file }) => file === 'server/protocol.ts');
    assert.deepEqual(
      protocol.flatMap(({ imports }) => imports.filter(({ typeOnly }) => !typeOnly)),
      [],
    );
  });
});

describe('the core', () => {
  it('imports no package but its parsers', () => {
    const wrong = core.flatMap(({ file, imports }) =>
      imports
        .filter((entry) => !entry.file && !CORE_PACKAGES.has(entry.module))
        .map((entry) => `${file} imports ${entry.module}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('touches no process, clock, console or chance', () => {
    assert.deepEqual(core.flatMap(impureUses), []);
  });
});

describe('every rule', () => {
  const folder = new URL('../server/core/rules/', import.meta.url);
  const ruleFiles = readdirSync(folder, { encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const contract = ['rule.ts', 'index.ts', 'ruleMetas.ts', 'directives.ts'];

  it('has its line in index.ts', () => {
    const listed = rules.map(({ id }) => `${camelCase(id)}.ts`).sort();
    assert.deepEqual(ruleFiles.filter((name) => !contract.includes(name)).sort(), listed);
  });

  it('is the export of a file of its own', async () => {
    for (const rule of rules) {
      const module: Record<string, unknown> = await import(new URL(`${camelCase(rule.id)}.ts`, folder).href);
      assert.equal(module[camelCase(rule.id)], rule, `${camelCase(rule.id)}.ts exports ${camelCase(rule.id)}`);
    }
  });

  it('has a page, and every page a rule', () => {
    const pages = readdirSync(new URL('./rules/', import.meta.url)).map((name) => name.replace(/\.md$/, ''));
    assert.deepEqual(pages.sort(), ruleMetas.map(({ id }) => id).sort());
  });

  it('has an id of its own, in kebab-case', () => {
    const ids = ruleMetas.map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id, index) => !/^[a-z]+(-[a-z0-9]+)*$/.test(id) || ids.indexOf(id) !== index),
      [],
    );
  });
});

describe('files', () => {
  const all = [...sources, ...readSourceFiles('test').filter(({ file }) => !file.startsWith('test/workspace/'))];

  it('stay short enough to read', () => {
    const lines = ({ tree }: SourceFile) => tree.getLineAndCharacterOfPosition(tree.end).line;
    assert.deepEqual(
      all.filter((source) => lines(source) > 350).map(({ file }) => file),
      [],
    );
  });

  it('say in their name what they hold', () => {
    assert.deepEqual(
      all.map(({ file }) => file).filter((file) => VAGUE_NAME.test(file)),
      [],
    );
  });
});

function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Returns the files of one cycle, the first one repeated at the end; empty if there is none. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function impureUses({ file, tree }: SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node) && isRead(node)) {
      const random =
        node.text === 'Math' && ts.isPropertyAccessExpression(node.parent) && node.parent.name.text === 'random';
      if (random || IMPURE_GLOBALS.has(node.text)) {
        found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} uses ${node.text}`);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** False where the identifier only names a member: `x.process`, `{ process: 1 }`. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !(ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent));
}

describe('npm test', () => {
  it('runs the tests of every folder', () => {
    const { test } = packageJson.scripts;
    const folders = readdirSync('test', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const forgotten = folders
      .map(({ name }) => name)
      .filter((name) => readdirSync(`test/${name}`).some((file) => file.endsWith('.test.ts')))
      .filter((name) => !test.includes(`test/${name}/*.test.ts`) && !existsSync(`test/${name}/all.ts`));
    assert.deepEqual(forgotten, []);
  });
});
