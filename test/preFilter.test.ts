import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { isTypeScriptFile } from '../server/core/syntax/typescript/parse';
import { isWorthParsing } from '../server/core/syntax/typescript/preFilter';
import { trackedKind } from '../server/workspace/trackedFiles';
import { analyzeTexts, type Texts } from './support/analyzeTexts';
import { readMarkedFiles } from './support/check';
import { readFences } from './support/markdownFences';
import { respell } from './support/respell';

const demo = resolve(__dirname, 'workspace');
const pages = resolve(__dirname, 'rules');
const SEED = 1703;
/** `PERF_HINTS_SPELLINGS=20`: more ways of spelling the demo. */
const SPELLINGS = Number(process.env.PERF_HINTS_SPELLINGS ?? 3);

function textsOfDemo(): Texts {
  const files = readdirSync(demo, { recursive: true, encoding: 'utf8' }).filter((file) => trackedKind(file));
  return new Map(files.sort().map((file) => [file, readFileSync(join(demo, file), 'utf8')]));
}

/** Every example of a rule page, by the line it stands at. */
function examplesOf(page: string): { readonly name: string; readonly texts: Texts }[] {
  const shared = new Map<string, string>();
  return readFences(readFileSync(join(pages, page), 'utf8')).map((fence) => {
    for (const [file, text] of fence.shared ? fence.files : []) shared.set(file, text);
    const { texts } = readMarkedFiles(new Map([...shared, ...fence.files]));
    return { name: `line ${fence.line}: ${fence.heading}`, texts };
  });
}

function respelled(texts: Texts, seed: number): Texts {
  return new Map(
    [...texts].map(([file, text]) => [file, isTypeScriptFile(file) ? respell(file, text, seed) : text] as const),
  );
}

/** Fails if something is found in all the files that is not found in those worth parsing. */
function assertNothingLost(texts: Texts, message: string): void {
  const worthIt = new Map([...texts].filter(([file, text]) => !isTypeScriptFile(file) || isWorthParsing(text)));
  if (worthIt.size === texts.size) return;
  const plain = (of: Texts) => analyzeTexts(of).findings.map(({ fixes: _, ...finding }) => finding);
  assert.deepEqual(plain(worthIt), plain(texts), message);
}

describe('files that are not parsed hold no finding and lead to none', () => {
  it('in the demo, however it is spelled', () => {
    const texts = textsOfDemo();
    assertNothingLost(texts, 'as it is');
    for (let seed = SEED; seed < SEED + SPELLINGS; seed++) {
      const spelled = respelled(texts, seed);
      assertNothingLost(spelled, `spelling ${seed}`);
      assert.ok(analyzeTexts(spelled).findings.length > 10, 'the spelling means the same');
    }
  });

  for (const page of readdirSync(pages).filter((name) => name.endsWith('.md'))) {
    it(`in the examples of ${page}, however they are spelled`, () => {
      for (const [index, { name, texts }] of examplesOf(page).entries()) {
        assertNothingLost(texts, name);
        const seed = SEED + index;
        assertNothingLost(respelled(texts, seed), `${name}, spelling ${seed}`);
      }
    });
  }
});

/** What a chain from a request to a query goes through: none of these names a query. */
const links: Readonly<Record<string, string>> = {
  'an async function': 'export async function overview(shop: string) { return summaryOf(await shopBy(shop)); }',
  'a promise that is passed on': 'export const overview = (shop: string) => shopBy(shop).then(summaryOf);',
  'an Express router': "router.get('/orders', listOrders);\nexport default router;",
  'a Fastify route':
    "export default (app) => { app.route({ method: 'GET', url: '/orders', handler }); app.get('/a', b); };",
  'a Nest controller':
    "@Controller('orders')\nexport class Orders { constructor(private orders: OrdersService) {} @Get() all() { return this.orders.all(); } }",
  'a tRPC router':
    'export const orders = createTRPCRouter({ list: protectedProcedure.query(({ ctx }) => list(ctx)) });',
  'a GraphQL resolver map':
    'export const resolvers = { User: { posts: (user, _, { loaders }) => loaders.posts(user.id) } };',
  'a Next.js route handler made by a wrapper': 'export const GET = withAuth(listOrders);',
  'a Next.js API page made by a wrapper': 'export default withAuth(listOrders);',
  'a renamed route handler': 'const handler = make();\nexport { handler as GET, handler as POST };',
  'a barrel': "export * from './orders';",
  'a page with its loader':
    "import { useState } from 'react';\nexport async function loader() { return list(); }\nexport default function Page() { const [a] = useState(1); return a; }",
};

describe('files that lead from a request to a query elsewhere are parsed', () => {
  for (const [name, text] of Object.entries(links)) {
    it(name, () => assert.equal(isWorthParsing(text), true));
  }

  it('those that run in a browser are not', () => {
    const component =
      'export function Orders() { const [a, set] = useState(1); const load = async () => set(await api()); }';
    assert.equal(isWorthParsing(component), false);
    assert.equal(isWorthParsing("'use client';\nexport const load = async () => api();"), false);
  });

  it('telling takes time in proportion to the length, whatever is written', { timeout: 60_000 }, () => {
    const repeated = [
      'export ',
      'export {',
      'a.b',
      'a .',
      ' ',
      '\n',
      '\n ',
      'db.',
      'use',
      "'use client",
      '.get(',
      '@Get',
      'Router',
      'export default a',
    ];
    for (const piece of repeated) {
      const text = piece.repeat(1_000_000 / piece.length);
      assert.equal(typeof isWorthParsing(text), 'boolean', piece);
    }
  });
});
