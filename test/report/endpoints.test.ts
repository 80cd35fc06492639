import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endpointCosts } from '../../server/core/analysis/endpointCosts';
import { analyze } from '../../server/core/analyze';
import { defaultConfig } from '../../server/core/config';
import { createSources } from '../../server/core/fixes/createSources';
import { createProject } from '../../server/core/model/project';
import { unboundedFindMany } from '../../server/core/rules/unboundedFindMany';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';
import { jsonReport } from '../../server/report/json';
import { markdownReport } from '../../server/report/markdown';
import type { ReportInput } from '../../server/report/report';
import { textReport } from '../../server/report/text';

const SCHEMA = 'model User {\n  id Int @id\n}\nmodel Order {\n  id Int @id\n  userId Int\n}\n';
const HEAD = `import express from 'express';
import { PrismaClient } from '@prisma/client';
const app = express();
const db = new PrismaClient();
`;

function reported(routes: string, file = 'server/app.ts'): ReportInput {
  const texts = new Map([
    ['prisma/schema.prisma', SCHEMA],
    [file, HEAD + routes],
  ]);
  const documents = new Map<string, DocumentFacts>();
  for (const [name, text] of texts) {
    const facts = readFacts(name, text);
    if (facts) documents.set(name, facts);
  }
  const project = createProject(documents);
  const { findings, suppressed } = analyze({ project, config: defaultConfig, rules: [unboundedFindMany] });
  return {
    findings,
    endpoints: endpointCosts({ project, config: defaultConfig, findings, isAudited: () => true }),
    suppressed,
    files: 2,
    analysed: 2,
    durationMs: 1,
    readText: (name) => texts.get(name),
  };
}

function linesBelowHeadline(report: string): string[] {
  const lines = report.split('\n');
  const start = lines.findIndex((line) => line.startsWith('Costliest endpoints'));
  return start < 0 ? [] : lines.slice(start + 1, lines.indexOf('', start));
}

const users = (path: string, more = '') =>
  `app.get('${path}', async (req, res) => {
  const users = await db.user.findMany();
  for (const user of users) await db.order.count({ where: { userId: user.id } });${more}
});
`;
const ONE_QUERY = "app.get('/one', async (req, res) => { await db.user.findUnique({ where: { id: 1 } }); });\n";

describe('the costliest endpoints', () => {
  it('stand below the findings, the costliest first, each with what was found at its queries', () => {
    const nested = users('/nested', '\n  for (const a of users) for (const b of a.orders) await db.order.findFirst();');
    const report = textReport(reported(users('/users') + nested), { colour: false });
    assert.deepEqual(linesBelowHeadline(report), [
      '  GET /nested: 1 + N(users) + N(users)·N(a.orders) queries, 1 unbounded  server/app.ts:9:5',
      '  GET /users: 1 + N(users) queries, 1 unbounded  server/app.ts:5:5',
    ]);
    assert.match(report, /\n\n\d+ warnings?, [^\n]*\n$/, 'the totals come last');
  });

  it('are those whose queries grow, or are many', () => {
    assert.deepEqual(linesBelowHeadline(textReport(reported(ONE_QUERY), { colour: false })), []);
    const many = `app.post('/many', async (req, res) => {${' await db.user.count();'.repeat(10)} });\n`;
    assert.deepEqual(linesBelowHeadline(textReport(reported(ONE_QUERY + many), { colour: false })), [
      '  POST /many: 10 queries  server/app.ts:6:5',
    ]);
  });

  it('are no more than twenty', () => {
    const routes = Array.from({ length: 23 }, (_, index) => users(`/users/${index}`)).join('');
    const lines = linesBelowHeadline(textReport(reported(routes), { colour: false }));
    assert.equal(lines.length, 21);
    assert.equal(lines.at(-1), '  … and 3 more endpoints');
  });

  it('are none of tests', () => {
    assert.deepEqual(reported(users('/users'), 'test/app.ts').endpoints, []);
  });

  it('fit a terminal', () => {
    const report = textReport(reported(users(`/${'long/'.repeat(20)}`)), { colour: false, width: 60 });
    const lines = linesBelowHeadline(report);
    assert.equal(lines.at(-1), '    server/app.ts:5:5');
    assert.ok(lines.every((line) => line.startsWith('  ')));
  });

  it('are a table in Markdown', () => {
    const report = markdownReport(reported(users('/users/:a|b')));
    assert.match(
      report,
      /^\| `GET \/users\/:a\\\|b` \| 1 \+ N\(users\) queries, 1 unbounded \| server\/app\.ts:5 \|$/m,
    );
  });

  it('are all in the JSON that send a query, with their terms', () => {
    const none = "app.get('/none', (req, res) => res.send('ok'));\n";
    const input = reported([ONE_QUERY, users('/users'), none].join(''));
    const json = JSON.parse(
      jsonReport({
        ...input,
        version: '1',
        schemas: [],
        sources: createSources(input.readText),
        onRuleError: (_, error) => {
          throw error;
        },
      }),
    );
    assert.deepEqual(
      json.endpoints.map(({ name, queries }: { name: string; queries: unknown }) => ({ name, queries })),
      [
        {
          name: 'GET /users',
          queries: {
            text: '1 + N(users)',
            terms: [
              { count: 1, loops: [] },
              { count: 1, loops: ['users'] },
            ],
            recursive: false,
            unknown: false,
          },
        },
        {
          name: 'GET /one',
          queries: { text: '1', terms: [{ count: 1, loops: [] }], recursive: false, unknown: false },
        },
      ],
    );
    assert.equal(json.endpoints[0].findings['unbounded-find-many'], 1);
  });
});
