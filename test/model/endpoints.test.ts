import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoints } from '../support/endpoints';

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

test('routers mounted one after another from a list', () => {
  const router = (name: string) =>
    `import { Router } from 'express';\nexport const ${name} = Router();\n${name}.get('/', async function list() {});`;
  assert.deepEqual(
    endpoints({
      'app.ts': `
        import express from 'express';
        import { orders } from './orders';
        import { users } from './users';
        import { items } from './items';
        const app = express();
        const api = express.Router();
        const modules = [{ path: '/orders', route: orders }, { path: '/users', route: users }];
        modules.forEach((module) => api.use(module.path, module.route));
        for (const { at, items: router } of [{ at: '/items', items }]) api.use(at, router);
        app.use('/api', api);`,
      'items.ts': router('items'),
      'orders.ts': router('orders'),
      'users.ts': router('users'),
    }),
    ['GET /api/items → list', 'GET /api/orders → list', 'GET /api/users → list'],
  );
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
        import { users } from './untyped';
        const app = Fastify();
        app.register(orders, { prefix: '/orders' });
        app.register(users, { prefix: '/people' });
        app.register(async (instance) => { instance.get('/inline', async function inline() {}); }, { prefix: '/v1' });`,
      'autoloaded.ts': `
        import type { FastifyPluginAsync } from 'fastify';
        const root: FastifyPluginAsync = async (app) => { app.get('/root', async function root() {}); };
        export default root;`,
      'wrapped.ts':
        "import fp from 'fastify-plugin';\nexport default fp(async (app) => { app.get('/w', async function w() {}); });",
      'untyped.ts': "export const users = async (app) => { app.get('/', async function users() {}); };",
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
      'GET /root → root',
      'GET /v1/inline → inline',
      'GET /users → all',
      'GET /users/:id → one',
      'GET /koa/orders → list',
      'GET /orders → list',
      'POST /orders/new → create',
      'GET /people → users',
      'GET /w → w',
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

test('tRPC: an application may list more routers in a constant than anyone would write into one call', () => {
  const names = Array.from({ length: 80 }, (_, index) => `part${index}`);
  const found = endpoints({
    'app.ts': `
      import { router } from './trpc';
      import * as parts from './parts';
      const all = { ${names.map((name) => `${name}: parts.${name}`).join(', ')} };
      export const appRouter = router({ ...all });`,
    'parts.ts': `
      import { procedure, router } from './trpc';
      ${names.map((name) => `export const ${name} = router({ list: procedure.query(async () => []) });`).join('\n')}`,
    'trpc.ts': `
      import { initTRPC } from '@trpc/server';
      const t = initTRPC.create();
      export const router = t.router;
      export const procedure = t.procedure;`,
  });
  assert.deepEqual(
    found,
    names.map((name) => `query ${name}.list → fn`),
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
