import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costText } from '../../server/core/model/calls/cost';
import { endpointsOf } from '../../server/core/model/endpoints';
import { nameOfEndpoint } from '../../server/core/model/endpoints/endpoint';
import { endpointCost, queriesText } from '../../server/core/model/endpoints/endpointCost';
import { projectOf } from '../support/endpoints';

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

test('a function written into a call is counted there; of one that is only named, there may be more', () => {
  const project = projectOf({
    'app.ts': `
      import express from 'express';
      import { db } from './db';
      import { locked } from './locked';
      const app = express();
      app.get('/inline', async (req, res) => {
        await locked('orders', async () => { await db.order.findMany(); });
      });
      app.get('/named', async (req, res) => { await locked('orders', req.work); });`,
    'db.ts': "import { PrismaClient } from '@prisma/client';\nexport const db = new PrismaClient();",
    'locked.ts': `
      import { db } from './db';
      export async function locked(name, work) {
        await db.user.count();
        return await work();
      }`,
  });
  const costs = endpointsOf(project).map((endpoint) => costText(endpointCost(project, endpoint)));
  assert.deepEqual(costs, ['2', '1 + ?']);
});

test('a cost is said in words', () => {
  const cost = { terms: [{ count: 2, loops: ['orders'] }], recursive: false, unknown: false };
  assert.equal(queriesText({ ...cost, terms: [{ count: 1, loops: [] }] }), '1 query');
  assert.equal(queriesText(cost), '2·N(orders) queries');
  assert.equal(queriesText({ ...cost, unknown: true }), '2·N(orders) queries, perhaps more');
  assert.equal(queriesText({ ...cost, recursive: true }), '2·N(orders) queries for each level');
});
