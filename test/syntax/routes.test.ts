import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Value } from '../../server/core/syntax/typescript/facts';
import { readTypeScriptFacts } from '../../server/core/syntax/typescript/readTypeScriptFacts';
import type { RouteFact } from '../../server/core/syntax/typescript/routeFacts';

/** The routes of a file, each in a line. */
function routes(code: string): string[] {
  return readTypeScriptFacts('server.ts', code).routes.map(inShort);
}

function inShort(route: RouteFact): string {
  switch (route.kind) {
    case 'path':
      return `${route.method} ${path(route.path)} of ${name(route.router)}: ${route.handlers.map(name).join(', ')}`;
    case 'controller':
      return `${route.method} ${path(route.path)}`;
    case 'mount':
      return `${route.mounted.map(name).join(', ')} at '${path(route.path)}' of ${name(route.router)}`;
    case 'procedure':
      return `${route.method}: ${name(route.handler)}`;
    case 'procedure-router':
      return `${name(route.callee)}: ${route.entries.map(({ key, value }) => `${key} = ${name(value)}`).join(', ')}`;
    case 'directive':
      return `${route.directive} in ${route.function}`;
  }
}

function path(pieces: readonly Value[]): string {
  return pieces.map((piece) => (piece.kind === 'literal' ? piece.value : `{${name(piece)}}`)).join('');
}

function name(value: Value): string {
  switch (value.kind) {
    case 'global':
    case 'parameter':
    case 'import':
      return value.name;
    case 'member':
      return `${name(value.object)}.${value.name}`;
    case 'call':
    case 'new':
      return `${name(value.callee)}()`;
    default:
      return value.kind;
  }
}

const table = (rows: readonly (readonly [code: string, ...expected: string[]])[]) => {
  for (const [code, ...expected] of rows) assert.deepEqual(routes(code), expected, code);
};

test('a call that ties a path to a function is a route', () => {
  table([
    ["app.get('/orders', list);", 'GET /orders of app: list'],
    ["app.post('/orders', guard, [check, log], (req, res) => {});", 'POST /orders of app: guard, check, log, function'],
    ["app.get(['/orders', '/o'], list);", 'GET /orders of app: list'],
    ["router.del('/orders/:id', remove);", 'DELETE /orders/:id of router: remove'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code under test
    ['app.get(`${base}/orders`, list);', 'GET {base}/orders of app: list'],
    ["router.get('orders', '/orders', list);", 'GET /orders of router: list'],
    [
      "router.route('/orders').get(list).post(create);",
      'POST /orders of router: create',
      'GET /orders of router: list',
    ],
    ["new Hono().basePath('/api').get('/orders', list);", 'GET /api/orders of Hono(): list'],
  ]);
});

test('options may hold the handler, and what runs before it', () => {
  table([
    ["fastify.get('/orders', { preHandler: [guard], schema }, list);", 'GET /orders of fastify: guard, list'],
    ["fastify.get('/orders', { async handler(request) {} });", 'GET /orders of fastify: function'],
    ["fastify.route({ method: 'PUT', url: '/orders', handler: save });", 'PUT /orders of fastify: save'],
    ["fastify.route({ method: ['GET', 'HEAD'], url: '/orders', handler: list });", 'GET /orders of fastify: list'],
  ]);
});

test('a call that gets something else is none', () => {
  table([
    ["axios.get('/orders', { params });"],
    ["await request(app).get('/orders');"],
    ["cache.get('orders', () => []);"],
    ["map.get('/orders');"],
    ["get('/orders', list);"],
  ]);
});

test('one router can be hung into another', () => {
  table([
    ["app.use('/api', guard, orders);", "guard, orders at '/api' of app"],
    ['app.use(orders);', "orders at '' of app"],
    ["app.route('/orders', orders);", "orders at '/orders' of app"],
    ["fastify.register(orders, { prefix: '/orders' });", "orders at '/orders' of fastify"],
    ['app.use(router.routes());', "router.routes() at '' of app"],
  ]);
});

test('the methods of controllers are known by their decorators, and these by their module', () => {
  const controller = (head: string, module = '@nestjs/common') =>
    `import { Controller, Get, Post } from '${module}';\n${head} class Orders { @Get(':id') one() {} @Post() make() {} other() {} }`;
  table([
    [controller("@Controller('orders')"), 'GET orders/:id', 'POST orders/'],
    [controller("@Controller({ path: 'orders', version: '1' })"), 'GET orders/:id', 'POST orders/'],
    [controller("@Controller(['orders', 'o'])"), 'GET orders/:id', 'POST orders/'],
    [controller('@Controller()'), 'GET /:id', 'POST /'],
    [controller('')],
    [controller("@Controller('orders')", './decorators')],
  ]);
});

test('procedures and the routers that name them are found', () => {
  table([
    ['const list = publicProcedure.input(z.string()).query(async () => []);', 'query: function'],
    ['t.procedure.use(guard).mutation(create);', "guard at '' of t.procedure", 'mutation: create'],
    [
      'router({ list, orders: ordersRouter, admin: { users: usersRouter } });',
      'router: list = list, orders = ordersRouter, admin.users = usersRouter',
    ],
    ['t.mergeRouters(a, b);', 't.mergeRouters:  = a,  = b'],
    ["pool.query('select 1');"],
  ]);
});

test('where a function runs is said at its head', () => {
  table([
    ["'use server';\nexport async function save() {}", 'use server in 0'],
    ["async function save() { 'use server'; }", 'use server in 1'],
    ["'use client';", 'use client in 0'],
    ["const s = 'use server';"],
  ]);
});
