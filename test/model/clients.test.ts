import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProject } from '../../server/core/model/project';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';

const SCHEMA = 'model User {\n  id Int @id\n}\n';
const CLIENT = "import { PrismaClient, Prisma } from '@prisma/client';\n";

/** The kinds of the clients by which the files send `user.count()`; a call by no client gives none. */
function clientsIn(files: Readonly<Record<string, string>>): string[] {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of Object.entries({ 'prisma/schema.prisma': SCHEMA, ...files })) {
    const facts = readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  const project = createProject(documents);
  return Object.keys(files).flatMap((file) => project.queriesOf(file).map(({ client }) => client));
}

function table(rows: readonly (readonly [code: string, expected: string])[]): void {
  for (const [code, expected] of rows) assert.deepEqual(clientsIn({ 'a.ts': CLIENT + code }), [expected], code);
}

test('a client is known by how it was made', () => {
  table([
    ['const x = new PrismaClient(); x.user.count();', 'client'],
    ['const x = new PrismaClient().$extends({}); x?.user.count();', 'client'],
    ['const { user } = new PrismaClient(); user.count();', 'client'],
    ["const x = global['x'] || new PrismaClient(); x.user.count();", 'client'],
    ['const x = (global.x ||= new PrismaClient()); x.user.count();', 'client'],
    ['function f(tx) { const x = tx ?? new PrismaClient(); x.user.count(); }', 'maybe-transaction'],
    ['function f(tx) { (tx ?? new PrismaClient()).user.count(); }', 'maybe-transaction'],
    ["import { keep } from 'keep'; const x = keep('x', () => new PrismaClient()); x.user.count();", 'client'],
    ['let x; const get = () => { x ??= new PrismaClient(); return x; }; get().user.count();', 'client'],
    ['class Db extends PrismaClient { all() { return this.user.count(); } }', 'client'],
  ]);
});

test('or by its type', () => {
  table([
    ['function f(x: PrismaClient) { x.user.count(); }', 'client'],
    ['function f(x: Prisma.TransactionClient) { x.user.count(); }', 'transaction'],
    ['function f(x: PrismaClient | Prisma.TransactionClient) { x.user.count(); }', 'maybe-transaction'],
    ["function f(x: Omit<PrismaClient, '$on'>) { x.user.count(); }", 'maybe-transaction'],
    ['function f({ x }: { x: PrismaClient }) { x.user.count(); }', 'client'],
    ['const make = () => new PrismaClient(); function f(x: ReturnType<typeof make>) { x.user.count(); }', 'client'],
    ['async function f(y: PrismaClient) { await y.$transaction(async (x) => x.user.count()); }', 'transaction'],
    [
      'class Db extends PrismaClient {} async function f(y: Db) { await y.$tx(async (x) => x.user.count()); }',
      'transaction',
    ],
  ]);
});

test('classes hold clients in properties, parameters and getters', () => {
  table([
    ['class A { #x = new PrismaClient(); f() { this.#x.user.count(); } }', 'client'],
    ['class A { constructor(private readonly x: PrismaClient) {} f() { this.x.user.count(); } }', 'client'],
    ['class A { x; constructor(x: PrismaClient) { this.x = x; } f() { this.x.user.count(); } }', 'client'],
    [
      'class A { y = new PrismaClient(); set x(v) {} get x() { return this.y; } f() { this.x.user.count(); } }',
      'client',
    ],
    ['class B { x: PrismaClient; } class A extends B { f() { this.x.user.count(); } }', 'client'],
  ]);
});

test('something else with the same methods is no client', () => {
  for (const code of [
    'class Users { count() {} } class Api { user = new Users(); } new Api().user.count();',
    "import { api } from './missing'; api.user.count();",
    'const x = { user: [] }; x.user.count();',
  ]) {
    assert.deepEqual(clientsIn({ 'a.ts': CLIENT + code }), [], code);
  }
});

test('clients are followed across files, ES modules and CommonJS', () => {
  const made = `${CLIENT}const x = new PrismaClient();\n`;
  const required = "const { PrismaClient } = require('@prisma/client');\nconst x = new PrismaClient();\n";
  for (const [db, user] of [
    [`${made}export default x;`, "import y from './db'; y.user.count();"],
    [`${made}export { x as y };`, "import * as all from './db'; all.y.user.count();"],
    [`${made}export = x;`, "import y = require('./db'); y.user.count();"],
    [`${required}module.exports = x;`, "const y = require('./db'); y.user.count();"],
    [`${required}module.exports = { x };`, "const { x: y } = require('./db'); y.user.count();"],
    [`${required}module.exports.y = x;`, "const y = require('./db').y; y.user.count();"],
    [`${required}exports.y = x;`, "async function f() { const { y } = await import('./db'); y.user.count(); }"],
  ] as const) {
    assert.deepEqual(clientsIn({ 'db.ts': db, 'a.ts': user }), ['client'], `${db}\n${user}`);
  }
});

test('`export *` passes names on, but no default', () => {
  const db = `${CLIENT}export default new PrismaClient();\nexport const x = new PrismaClient();`;
  const barrel = "export * from './db';";
  assert.deepEqual(clientsIn({ 'db.ts': db, 'all.ts': barrel, 'a.ts': "import { x } from './all'; x.user.count();" }), [
    'client',
  ]);
  assert.deepEqual(clientsIn({ 'db.ts': db, 'all.ts': barrel, 'a.ts': "import x from './all'; x.user.count();" }), []);
});

test('files that lead to each other in a circle end somewhere', () => {
  for (const [a, b] of [
    ["export * from './b'; x.user.count();", "export * from './a'; import { x } from './a';"],
    [
      "import { b } from './b'; export const a = b.x; a.user.count();",
      "import { a } from './a'; export const b = a.y;",
    ],
    [
      "import { B } from './b'; export const A = new B(); A.x.user.count();",
      "import { A } from './a'; export const B = new A();",
    ],
    [
      "import { B } from './b'; export class A extends B { f() { this.x.user.count(); } }",
      "import { A } from './a'; export class B extends A {}",
    ],
    ['class A { a = this.b; b = this.c; c = this.d; d = this.e; e = this.a; f() { this.a.count(); } }', ''],
  ] as const) {
    assert.deepEqual(clientsIn({ 'a.ts': a, 'b.ts': b }), [], a);
  }
});
