import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoints } from '../support/endpoints';

const dependingOn = (...names: string[]) =>
  JSON.stringify({ name: 'app', dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });

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
