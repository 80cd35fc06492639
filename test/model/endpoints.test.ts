import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costText } from '../../server/core/model/cost';
import { endpointsOf } from '../../server/core/model/endpoints';
import { nameOfEndpoint } from '../../server/core/model/endpoints/endpoint';
import { endpointCost, queriesText } from '../../server/core/model/endpoints/endpointCost';
import { createProject, type Project } from '../../server/core/model/project';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';
import { isTypeScriptFile } from '../../server/core/syntax/typescript/parse';
import { isWorthParsing } from '../../server/core/syntax/typescript/preFilter';

const SCHEMA =
  'model User {\n  id Int @id\n  orders Order[]\n}\nmodel Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n';

type Files = Readonly<Record<string, string>>;

function projectOf(files: Files): Project {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of Object.entries({ 'prisma/schema.prisma': SCHEMA, ...files })) {
    const facts = isTypeScriptFile(file) && !isWorthParsing(text) ? undefined : readFacts(file, text);
    if (facts) documents.set(file, facts);
  }
  return createProject(documents);
}

/** The endpoints, each with the function that answers: `GET /orders → list`. */
function endpoints(files: Files): string[] {
  const project = projectOf(files);
  return endpointsOf(project).map(
    (endpoint) => `${nameOfEndpoint(endpoint)} → ${functionOf(project, endpoint.handler)}`,
  );
}

function functionOf(project: Project, place: { file: string; function: number } | undefined): string {
  const facts = place && project.documents.get(place.file);
  if (!place || facts?.kind !== 'typescript') return '?';
  return facts.functions[place.function]?.name ?? 'fn';
}

const dependingOn = (...names: string[]) =>
  JSON.stringify({ name: 'app', dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });

test('Express: prefixes are joined across files, handlers found where they are written', () => {
  const files = {
    'app.ts': `
      import express from 'express';
      import { api } from './routes';
      const app = express();
      app.use('/api/', express.json(), api);
      app.get('/health', async (_req, res) => res.send('ok'));`,
    'routes/index.ts': `
      import { Router } from 'express';
      import orders from './orders';
      export const api = Router();
      api.use('/orders', orders);`,
    'routes/orders.ts': `
      import express from 'express';
      import * as controller from '../controllers/orders';
      import { Users } from '../controllers/users';
      import { asyncHandler } from '../lib';
      const router = express.Router();
      const users = new Users();
      router.get('/', controller.list);
      router.route('/:id').put([check, asyncHandler(controller.save)]);
      router.get('/:id/user', users.find.bind(users));
      router.delete('/:id', asyncHandler(async (req, res) => {}));
      export default router;`,
    'controllers/orders.ts': 'export async function list() {}\nexport const save = async () => {};',
    'controllers/users.ts': 'export class Users { async find() {} }',
    'lib.ts': 'export const asyncHandler = (fn) => function guarded(req, res, next) { fn(req, res).catch(next); };',
  };
  assert.deepEqual(endpoints(files), [
    'GET /health → fn',
    'GET /api/orders → list',
    'PUT /api/orders/:id → save',
    'GET /api/orders/:id/user → find',
    'DELETE /api/orders/:id → fn',
  ]);
});

test('a router may be a parameter, a member, or what a function gives back', () => {
  assert.deepEqual(
    endpoints({
      'a.ts': `
        import type { Express } from 'express';
        export function register(app: Express) { app.get('/a', async function a() {}); }`,
      'b.ts': `
        import { Router } from 'express';
        export class Orders {
          router = Router();
          constructor() { this.router.get('/b', this.list); }
          async list() {}
        }`,
      'c.ts': `
        import { Router } from 'express';
        export function makeRouter() { const router = Router(); router.get('/c', async function c() {}); return router; }`,
      'd.ts': `
        import express from 'express';
        import { Orders } from './b';
        import { makeRouter } from './c';
        const app = express();
        app.use('/x', new Orders().router);
        app.use('/y', makeRouter());`,
      'e.ts': "export default (app) => { app.get('/e', async function e(req, res) {}); };",
    }),
    ['GET /a → a', 'GET /x/b → list', 'GET /y/c → c', 'GET /e → e'],
  );
});

test('what is no router has no endpoints', () => {
  assert.deepEqual(
    endpoints({
      'client.ts':
        "import axios from 'axios';\nconst api = axios.create();\nexport const send = (data) => api.post('/orders', data);",
      'mock.ts':
        "import { rest } from 'msw';\nexport const handlers = [rest.get('/orders', (req, res, ctx) => res(ctx.json([])))];",
      'cache.ts': "export const get = (cache) => cache.get('/orders', async () => []);",
      'test.ts': "import request from 'supertest';\nit('x', async () => { await request(app).get('/orders'); });",
      'query.ts': "import { useQuery } from '@tanstack/react-query';\nexport const db = pool.query(async () => 1);",
    }),
    [],
  );
});

test('Fastify, Hono and Koa', () => {
  assert.deepEqual(
    endpoints({
      'fastify.ts': `
        import Fastify from 'fastify';
        import { orders } from './plugin';
        const app = Fastify();
        app.register(orders, { prefix: '/orders' });
        app.register(async (instance) => { instance.get('/inline', async function inline() {}); }, { prefix: '/v1' });`,
      'hono.ts': `
        import { Hono } from 'hono';
        const users = new Hono().get('/', async function all(c) {}).get('/:id', validate('param', s), async function one(c) {});
        const app = new Hono().basePath('/api');
        app.route('/users', users);`,
      'koa.ts': `
        import Koa from 'koa';
        import Router from '@koa/router';
        const router = new Router({ prefix: '/koa' });
        router.get('name', '/orders', async function list(ctx) {});
        new Koa().use(router.routes());`,
      'plugin.ts': `
        import type { FastifyInstance } from 'fastify';
        export async function orders(fastify: FastifyInstance) {
          fastify.get('/', { schema: {} }, async function list() {});
          fastify.route({ method: 'POST', url: '/new', handler: create });
        }
        async function create() {}`,
    }),
    [
      'GET /v1/inline → inline',
      'GET /users → all',
      'GET /users/:id → one',
      'GET /koa/orders → list',
      'GET /orders → list',
      'POST /orders/new → create',
    ],
  );
});

test('Nest: the class and the method make the path', () => {
  assert.deepEqual(
    endpoints({
      'orders.controller.ts': `
        import { Controller, Get, Post } from '@nestjs/common';
        import { ROUTES } from './routes';
        @Controller(ROUTES.orders) export class Orders { @Get(':id') async one() {} @Post() async make() {} async other() {} }`,
      'routes.ts': "export const ROUTES = { orders: 'orders' } as const;",
    }),
    ['GET /orders/:id → one', 'POST /orders → make'],
  );
});

test('Next.js: by place and export, not in the browser, not in another package', () => {
  const route =
    'export async function GET() {}\nexport const POST = withAuth(async () => {}, { role: 1 });\nexport const dynamic = 1;';
  assert.deepEqual(
    endpoints({
      'package.json': dependingOn('next'),
      'app/(shop)/orders/[id]/route.ts': route,
      'app/(shop)/orders/page.tsx':
        'export const metadata = {};\nexport async function generateMetadata() {}\nexport default async function Orders() { return <p />; }',
      'app/client/page.tsx': "'use client';\nexport default function Page() { return <p />; }",
      'src/pages/api/orders/index.ts': 'export default withMethods({ GET: createRoute({ fn: async () => {} }) });',
      'src/pages/api/feedback.ts': "import handler from '../../../lib/feedback';\nexport default handler;",
      'lib/feedback.ts': 'export default async function answer(req, res) {}',
      'src/pages/api/users.ts': 'async function handler(req, res) {}\nexport default withAuth(handler);',
      'src/pages/orders.tsx':
        'export const getServerSideProps = async () => ({ props: {} });\nexport default () => null;',
      'lib/route.ts': route,
    }),
    [
      'GET /orders/[id] → GET',
      'POST /orders/[id] → fn',
      'generateMetadata /orders → generateMetadata',
      'page /orders → Orders',
      'ALL /api/feedback → answer',
      'GET /api/orders → fn',
      'ALL /api/users → handler',
      'getServerSideProps /orders → getServerSideProps',
    ],
  );
  assert.deepEqual(endpoints({ 'package.json': dependingOn('express'), 'app/orders/route.ts': route }), []);
});

test('server actions: all functions of a file that says so, or those that say so themselves', () => {
  assert.deepEqual(
    endpoints({
      'actions.ts': `
        'use server';
        export async function save() {}
        export const remove = client.schema(schema).action(async ({ ctx }) => {});
        async function inner() {}`,
      'page.tsx': "export function Page() { async function submit() { 'use server'; } return submit; }",
      'lib.ts': 'export async function other() {}',
    }),
    ['action save → save', 'action remove → fn', 'action submit → submit'],
  );
});

test('tRPC: procedures are named by the keys that lead to them', () => {
  assert.deepEqual(
    endpoints({
      'app.ts': `
        import { router, mergeRouters } from './trpc';
        import { orders, pay } from './orders';
        import { users } from './users';
        export const appRouter = mergeRouters(
          router({ shop: router({ orders }), pay, later: lazy(() => import('./later').then((m) => m.laterRouter)) }),
          users,
        );`,
      'later.ts': `
        import { procedure, router } from './trpc';
        export const laterRouter = router({ all: procedure.query(async () => []) });`,
      'orders.ts': `
        import { procedure, router } from './trpc';
        export const orders = router({
          list: procedure.input(schema).query(async () => []),
          nested: { create: procedure.mutation(create) },
        });
        export const pay = procedure.mutation(async () => {});
        export const unused = procedure.query(async () => {});
        async function create() {}`,
      'trpc.ts': `
        import { initTRPC } from '@trpc/server';
        const t = initTRPC.context().create({});
        export const router = t.router;
        export const mergeRouters = t.mergeRouters;
        export const procedure = t.procedure.use(guard);`,
      'users.ts': `
        import { procedure, router } from './trpc';
        export const users = router({ me: procedure.query(async () => 1) });`,
    }),
    [
      'query later.all → fn',
      'query shop.orders.list → fn',
      'mutation shop.orders.nested.create → create',
      'mutation pay → fn',
      'query me → fn',
    ],
  );
});

test('Remix and React Router: loaders and actions of route files', () => {
  assert.deepEqual(
    endpoints({
      'package.json': dependingOn('@remix-run/node'),
      'app/routes/_app.orders.$id/route.tsx':
        'export const loader = async () => {};\nexport async function action() {}',
      'app/routes/api+/[sitemap.xml].ts': 'export const { action, loader } = createRoute({}, async () => {});',
      'app/models/orders.ts': 'export const loader = async () => {};',
    }),
    ['loader /orders/:id → loader', 'action /orders/:id → action', 'action /api/sitemap.xml → fn'],
  );
});

test('Nitro and Nuxt: event handlers by place', () => {
  assert.deepEqual(
    endpoints({
      'package.json': dependingOn('nuxt'),
      'server/api/orders/[id].get.ts': 'export default defineEventHandler(async (event) => {});',
      'server/routes/health.ts':
        "import { eventHandler } from 'h3';\nexport default eventHandler({ handler: async () => 1 });",
      'server/api/lib.ts': 'export default async function lib() {}',
    }),
    ['GET /api/orders/:id → fn', 'ALL /health → handler'],
  );
});

test('GraphQL: the fields of queries and mutations', () => {
  assert.deepEqual(
    endpoints({
      'orders.resolver.ts': `
        import { Resolver, Query, Mutation, ResolveField, Parent } from '@nestjs/graphql';
        @Resolver(() => Order) export class Orders {
          @Query(() => [Order]) async orders() {}
          @Mutation(() => Order) async createOrder() {}
          @ResolveField() async user(@Parent() order: Order) {}
        }`,
    }),
    ['query orders → orders', 'mutation createOrder → createOrder'],
  );
});

test('a request costs what its handler does, and its middleware and wrappers', () => {
  const project = projectOf({
    'actions.ts': `
      'use server';
      import { db } from './db';
      export const rename = createAction({
        find: async (id) => db.user.findUnique({ where: { id } }),
        handler: async () => db.user.updateMany({}),
      });`,
    'app.ts': `
      import express from 'express';
      import { db } from './db';
      import { guarded, requireUser } from './guards';
      const app = express();
      app.get('/orders', requireUser, async (req, res) => {
        const users = await db.user.findMany();
        for (const user of users) await db.order.findMany({ where: { userId: user.id } });
      });
      app.get('/user', guarded(async (req, res) => { await db.user.findFirst(); }));
      app.get('/none', (req, res) => res.send('ok'));`,
    'db.ts': "import { PrismaClient } from '@prisma/client';\nexport const db = new PrismaClient();",
    'guards.ts': `
      import { db } from './db';
      export async function requireUser(req, res, next) { await db.user.findUnique({ where: { id: req.id } }); next(); }
      export const guarded = (handler) => async (req, res) => {
        await db.user.count();
        await db.order.count();
        return handler(req, res);
      };`,
  });
  const costs = endpointsOf(project).map(
    (endpoint) => `${nameOfEndpoint(endpoint)}: ${costText(endpointCost(project, endpoint))}`,
  );
  assert.deepEqual(costs, ['action rename: 2', 'GET /orders: 2 + N(users)', 'GET /user: 3', 'GET /none: 0']);
});

test('a cost is said in words', () => {
  const cost = { terms: [{ count: 2, loops: ['orders'] }], recursive: false, unknown: false };
  assert.equal(queriesText({ ...cost, terms: [{ count: 1, loops: [] }] }), '1 query');
  assert.equal(queriesText(cost), '2·N(orders) queries');
  assert.equal(queriesText({ ...cost, unknown: true }), '2·N(orders) queries, perhaps more');
  assert.equal(queriesText({ ...cost, recursive: true }), '2·N(orders) queries for each level');
});
