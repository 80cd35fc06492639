import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costOf, costText } from '../../server/core/model/calls/cost';
import { createProject, type Project } from '../../server/core/model/project';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';

const SCHEMA = `datasource db { provider = "postgresql" }
model User { id Int @id\n name String\n posts Post[] }
model Post { id Int @id\n title String\n authorId Int\n author User @relation(fields: [authorId], references: [id]) }`;
const DB = `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();`;

function projectOf(texts: Readonly<Record<string, string>>): Project {
  const all = { 'schema.prisma': SCHEMA, 'db.ts': DB, ...texts };
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of Object.entries(all)) {
    const facts = readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  return createProject(documents);
}

/** What the calls in a file run: `name → file#function`, or why that can't be told. */
function callees(project: Project, file: string): string[] {
  const asked = project.documents.get(file);
  assert(asked?.kind === 'typescript');
  const bodies = asked.functions.map((_, index) => project.calls.bodyOf({ file, function: index }));
  const calls = bodies.flatMap((body) => body.calls);
  calls.sort((a, b) => a.invocation.callee.start - b.invocation.callee.start);
  return calls.map(({ invocation, callee }) => {
    if (callee.kind !== 'function') return `${invocation.name} → ${callee.kind}`;
    const facts = project.documents.get(callee.place.file);
    const name = facts?.kind === 'typescript' ? facts.functions[callee.place.function]?.name : undefined;
    return `${invocation.name} → ${callee.place.file}#${name ?? '?'}${callee.cached ? ' (cached)' : ''}`;
  });
}

function cost(project: Project, file: string, name: string): string {
  const facts = project.documents.get(file);
  assert(facts?.kind === 'typescript');
  const index = facts.functions.findIndex((fn) => fn.name === name);
  assert(index > 0, `${name} is no function of ${file}`);
  return costText(costOf(project, { file, function: index }));
}

describe('a call runs', () => {
  const cases: readonly (readonly [what: string, texts: Record<string, string>, expected: readonly string[]])[] = [
    [
      'a function of the file, also one that is declared later',
      { 'a.ts': 'export const run = () => later();\nfunction later() {}' },
      ['later → a.ts#later'],
    ],
    [
      'what an import means: renamed, default, namespace, through a barrel',
      {
        'b.ts': 'export function one() {}\nexport default function two() {}\nexport const three = async () => {};',
        'barrel.ts': "export * from './b';\nexport { default as deux, one as un } from './b';",
        'a.ts':
          "import main, { one as first } from './b';\nimport * as all from './b';\nimport { deux, un } from './barrel';\nexport function run() { first(); main(); all.three(); deux(); un(); }",
      },
      ['first → b.ts#one', 'main → b.ts#two', 'three → b.ts#three', 'deux → b.ts#two', 'un → b.ts#one'],
    ],
    [
      'what require and import() give',
      {
        'b.js': 'exports.find = async function find() {};',
        'a.js':
          "const { find } = require('./b');\nfunction g() { find(); }\nasync function f() { const m = await import('./b'); await m.find(); }",
      },
      ['find → b.js#find', 'find → b.js#find'],
    ],
    [
      'methods: of this, of a base class, static ones, of an instance made once',
      {
        'base.ts': 'export class Base { load() {} }',
        's.ts':
          "import { Base } from './base';\nexport class S extends Base { static make() {} one() { this.load(); this.two(); } private two = () => {}; }\nexport const s = new S();",
        'a.ts': "import { S, s } from './s';\nexport function run() { S.make(); s.one(); s.load(); new S().one(); }",
      },
      ['make → s.ts#make', 'one → s.ts#one', 'load → base.ts#load', 'one → s.ts#one'],
    ],
    [
      'a service by the class that types it: parameter property, property, parameter',
      {
        's.ts': 'export class S { find() {} }',
        'a.ts':
          "import { S } from './s';\nclass C { private readonly own: S; constructor(private readonly s: S) {} run(given: S) { this.s.find(); this.own.find(); given.find(); } }",
      },
      ['find → s.ts#find', 'find → s.ts#find', 'find → s.ts#find'],
    ],
    [
      'what an object literal holds under the name',
      {
        'r.ts': 'async function all() {}\nexport const repo = { one() {}, two: async () => {}, all };',
        'a.ts':
          "import { repo } from './r';\nexport function run() { repo.one(); repo.two(); repo.all(); const { one } = repo; one(); }",
      },
      ['one → r.ts#one', 'two → r.ts#two', 'all → r.ts#all', 'one → r.ts#one'],
    ],
    [
      'what a wrapper was given, if the wrapper is known to run it',
      {
        'w.ts':
          'export const withLog = (fn: () => void) => async () => { fn(); };\nexport const register = (fn: () => void) => { list.push(fn); return () => {}; };\nconst list: unknown[] = [];',
        'a.ts':
          "import asyncHandler from 'express-async-handler';\nimport { cache } from 'react';\nimport { unstable_cache } from 'next/cache';\nimport { register, withLog } from './w';\nfunction load() {}\nconst a = cache(load); const b = unstable_cache(load, []); const c = withLog(load); const d = register(load); const e = load.bind(null); const f = asyncHandler(async () => load());\nexport function run() { a(); b(); c(); d(); e(); f(); }",
      },
      [
        'load → a.ts#load',
        'a → a.ts#load',
        'b → a.ts#load (cached)',
        'c → a.ts#load',
        'd → unknown',
        'e → a.ts#load',
        'f → a.ts#?',
      ],
    ],
    [
      'what a factory gives back, and what a context holds: by its type, or by the function that makes it',
      {
        's.ts':
          'export class UserService { find() {} }\nexport const makeS = (db: unknown) => ({ async get() {}, s: new UserService() });\nexport interface Context { users: UserService }\nexport async function createContext() { return { users: new UserService(), own: makeS(1) }; }\nexport const made = makeS(1);',
        'a.ts':
          "import { UserService, made, makeS, type Context, createContext } from './s';\ntype Deps = { userService: UserService };\nexport const run = (ctx: Context, deps: Deps, { users }: Context, made2: Awaited<ReturnType<typeof createContext>>) => { made.get(); made.s.find(); ctx.users.find(); deps.userService.find(); users.find(); made2.users.find(); };",
      },
      [
        'get → s.ts#get',
        'find → s.ts#find',
        'find → s.ts#find',
        'find → s.ts#find',
        'find → s.ts#find',
        'find → s.ts#find',
      ],
    ],
    [
      'the implementation of an overloaded function',
      {
        'b.ts':
          'export function f(a: string): void;\nexport function f(a: number): void;\nexport function f(a: unknown) {}',
        'a.ts': "import { f } from './b';\nexport const run = () => f(1);",
      },
      ['f → b.ts#f'],
    ],
    [
      'what can’t be told: a parameter, one of several; never something of the same name',
      {
        'b.ts': 'export function one() {}\nexport function two() {}',
        'a.ts':
          "import { one, two } from './b';\nexport function run(callback: () => void, service: { one(): void }) { callback(); service.one(); (Math.random() > 0.5 ? one : two)(); }",
      },
      ['callback → unknown'],
    ],
  ];
  for (const [what, texts, expected] of cases) {
    it(what, () => {
      const project = projectOf(texts);
      const file = 'a.ts' in texts ? 'a.ts' : 'a.js';
      assert.deepEqual(callees(project, file), expected);
    });
  }

  it('nothing of this workspace, where it is a library’s or the language’s', () => {
    const texts = {
      'a.ts':
        "import _ from 'lodash';\nexport const run = () => console.log(_.get({}, 'a'), Math.max(1, 2), [1].at(0), new Map().get(1));",
    };
    assert.deepEqual(callees(projectOf(texts), 'a.ts'), []);
  });
});

describe('a function costs', () => {
  const REPOSITORY = `import { prisma } from './db';
export const byAuthor = (authorId: number) => prisma.post.findMany({ where: { authorId }, take: 10 });
export async function countBoth() { return [await prisma.user.count(), await prisma.post.count()]; }`;

  it('its own queries and those of what it calls, multiplied by the loops on the way', () => {
    const project = projectOf({
      'r.ts': REPOSITORY,
      'a.ts': `import { byAuthor, countBoth } from './r';
export async function report(authors: number[], teams: number[][]) {
  await countBoth();
  for (const author of authors) await byAuthor(author);
  for (const team of teams) for (const member of team) await byAuthor(member);
}
export async function all(days: number[]) { for (const day of days) await report([], [[day]]); }`,
    });
    assert.equal(cost(project, 'a.ts', 'report'), '2 + N(authors) + N(teams)·N(team)');
    assert.equal(cost(project, 'a.ts', 'all'), '2·N(days) + N(days)·N(authors) + N(days)·N(teams)·N(team)');
    assert.equal(cost(project, 'r.ts', 'countBoth'), '2');
  });

  it('callbacks that run at once are part of it, those kept for later are not', () => {
    const project = projectOf({
      'a.ts': `import { prisma } from './db';
export async function now() { return prisma.$transaction(async (tx) => { await tx.user.count(); return tx.post.count(); }); }
export function later(app: { on(name: string, run: () => Promise<unknown>): void }) { app.on('x', async () => prisma.user.count()); }`,
    });
    assert.equal(cost(project, 'a.ts', 'now'), '2');
    assert.equal(cost(project, 'a.ts', 'later'), '0');
  });

  it('one round of a circle, whichever of its functions is asked', () => {
    const circle = `import { prisma } from './db';
export async function even(n: number) { await prisma.user.count(); if (n > 0) await odd(n - 1); }
export async function odd(n: number) { await prisma.post.count(); if (n > 0) await even(n - 1); }`;
    assert.equal(cost(projectOf({ 'a.ts': circle }), 'a.ts', 'odd'), '2, for each level');
    assert.equal(cost(projectOf({ 'a.ts': circle }), 'a.ts', 'even'), '2, for each level');
  });

  it('an unknown part, where it awaits what can’t be followed; a failure costs nothing', () => {
    const project = projectOf({
      'a.ts': `import { prisma } from './db';
export async function open(check: () => Promise<void>) { await check(); return prisma.user.count(); }
export async function safe() { try { return await prisma.user.count(); } catch { await prisma.post.count(); } }`,
    });
    assert.equal(cost(project, 'a.ts', 'open'), '1 + ?');
    assert.equal(cost(project, 'a.ts', 'safe'), '1');
  });

  it('one query for what Prisma gathers', () => {
    const project = projectOf({
      'r.ts':
        "import { prisma } from './db';\nexport const find = async (id: number) => prisma.post.findUnique({ where: { id } });",
      'a.ts':
        "import { find } from './r';\nexport const all = async (ids: number[]) => Promise.all(ids.map((id) => find(id)));",
    });
    assert.equal(cost(project, 'a.ts', 'all'), '1');
  });
});
