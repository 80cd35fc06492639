import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AwaitRunFact } from '../../server/core/syntax/typescript/facts';
import { readTypeScriptFacts } from '../../server/core/syntax/typescript/readTypeScriptFacts';

describe('awaits one after another', () => {
  it('form a run, with what each needs of those before it', () => {
    const run = onlyRun(`
      const user = await prisma.user.findFirst();
      const posts = await prisma.post.findMany({ where: { authorId: user.id } });
      const plans = await prisma.plan.findMany();
    `);
    assert.deepEqual(needs(run), [[], [0], []]);
  });

  it('need each other through the declarations between them', () => {
    const run = onlyRun(`
      const user = await prisma.user.findFirst();
      const { orgId } = user;
      const where = { orgId };
      const posts = await prisma.post.findMany({ where });
    `);
    assert.deepEqual(needs(run), [[], [0]]);
    assert.deepEqual(
      run.declarations.map((declaration) => declaration.needs),
      [[0], [0]],
    );
  });

  it('need each other through a local function that is called', () => {
    const run = onlyRun(`
      const user = await prisma.user.findFirst();
      const load = () => prisma.post.findMany({ where: { authorId: user.id } });
      const posts = await load();
    `);
    assert.deepEqual(needs(run), [[], [0]]);
  });

  it('need each other through a function that closes over a variable which is set between', () => {
    const run = onlyRun(`
      let user;
      const load = () => prisma.post.findMany({ where: { authorId: user.id } });
      user = await prisma.user.findFirst();
      const posts = await load();
    `);
    assert.deepEqual(needs(run), [[], [0]]);
  });

  it('keep their order where one sets what an earlier one reads', () => {
    const run = onlyRun(`
      let page = 1;
      const first = await prisma.post.findMany({ skip: page });
      page = await prisma.post.count();
    `);
    assert.deepEqual(needs(run), [[], [0]]);
  });

  it('keep their order around a date that is set between them', () => {
    const run = onlyRun(`
      const day = new Date();
      const before = await prisma.post.count({ where: { day } });
      day.setHours(0);
      const after = await prisma.post.count({ where: { day } });
      const users = await prisma.user.count();
    `);
    assert.deepEqual(needs(run), [[], [0], []]);
  });

  it('may each set another member of one object', () => {
    const run = onlyRun(`
      const totals: Totals = {};
      totals.users = await prisma.user.count();
      totals.posts = await prisma.post.count();
      const rest = await prisma.plan.count({ where: { max: totals.users } });
    `);
    assert.deepEqual(needs(run), [[], [], [0, 1]]);
  });

  it('are found in bare awaits, casts, patterns, several declarations and Promise.all', () => {
    const run = onlyRun(`
      await prisma.user.count();
      const a = (await prisma.user.findMany()) as User[], b = await prisma.post.count();
      const { c, d: { e = 1 } } = await prisma.plan.findFirst();
      const [f, , g] = await Promise.all([prisma.a.count(), prisma.b.count(), prisma.c.count()]);
    `);
    assert.equal(run.steps.length, 5);
    assert.equal(run.steps[1]?.casts.length, 1);
    assert.deepEqual(
      run.steps.map((step) => step.starts.map((start) => start.call !== undefined)),
      [[true], [true], [true], [true], [true, true, true]],
    );
    assert.deepEqual(
      run.steps[4]?.members?.map((member) => member.target !== undefined),
      [true, false, true],
    );
  });
});

describe('a run ends', () => {
  for (const [what, statement] of [
    ['a guard', 'if (!a) return;'],
    ['an unknown call', 'log(a);'],
    ['a declaration that calls what is not known', 'const id = requireId(a);'],
    ['an assignment', 'counter += 1;'],
    ['an await that does more with its result', 'const n = (await f()).length;'],
    ['an await behind an unknown condition', 'const n = ask() ? await prisma.c.count() : 1;'],
    ['an await of one or the other call', 'const n = flag ? await prisma.c.count() : f();'],
    ['awaited arguments', 'const n = await f(await g());'],
    ['a change of what is declared elsewhere', 'query.setDate(1);'],
    ['a member of this', 'this.user = await f();'],
    ['a look at the clock', 'const t = Date.now();'],
    ['a measured time', 'const ms = Date.now() - query.start;'],
    ['an argument that is taken from a queue', 'const n = await f(rows.shift());'],
    ['a try', 'try { g(); } catch {}'],
  ] as const) {
    it(`at ${what}`, () => {
      const text = `const a = await prisma.a.count();\n${statement}\nconst b = await prisma.b.count();`;
      assert.deepEqual(runsIn(text), []);
    });
  }
});

it('a run ends where a handler would see what was set before', () => {
  const set = '{ a = await prisma.a.count(); b = await prisma.b.count(); }';
  assert.equal(onlyRun(`let a, b; try ${set} catch { return 0; } return a + b;`).steps.length, 2);
  assert.deepEqual(runsIn(`let a, b; try ${set} catch { return a; } return b;`), []);
  assert.deepEqual(runsIn(`let a, b; try ${set} finally { log(b); }`), []);
});

describe('a run goes on', () => {
  for (const [what, statement] of [
    ['dates', 'const today = new Date(), start = subDays(today, 7);'],
    ['dates that are set', 'const day = new Date(); day.setHours(0, 0, 0, 0);'],
    ['text', "const name = '%' + query.trim().toLowerCase();"],
    ['collections', 'const ids = rows.map((row) => row.id); const byId = new Map(rows.map((row) => [row.id, row]));'],
    ['look-ups', "const page = Number(searchParams.get('page') ?? 1);"],
    ['conditions', "const where = flag ? { status: 'open' } : {};"],
  ] as const) {
    it(`over declarations that only compute: ${what}`, () => {
      const text = `const a = await prisma.a.count();\n${statement}\nconst b = await prisma.b.count();`;
      assert.equal(onlyRun(text).steps.length, 2);
    });
  }
});

describe('a function of the file', () => {
  it('counts as its queries if it does nothing else', () => {
    const run = onlyRun('const a = await loadA(1); const b = await loadB();', [
      'async function loadA(id) { const rows = await prisma.a.findMany({ where: { id } }); return rows.map((r) => r.id); }',
      'const loadB = async () => (await loadA(2)).length > 0;',
    ]);
    assert.deepEqual(
      run.steps.map((step) => step.starts[0]?.reaches?.length),
      [1, 1],
    );
  });

  for (const [what, body] of [
    ['throws', 'const a = await prisma.a.findFirst(); if (!a) throw new Error(); return a;'],
    ['writes', 'return prisma.a.update({});'],
    ['calls what is not known', 'track(); return prisma.a.findFirst();'],
    ['sets what is outside', 'cache = await prisma.a.findFirst(); return cache;'],
    ['throws where nothing is found', 'return prisma.a.findFirstOrThrow();'],
  ] as const) {
    it(`is unknown if it ${what}, and ends the run`, () => {
      assert.deepEqual(
        runsIn('const a = await prisma.a.count(); const b = await load();', [`async function load() { ${body} }`]),
        [],
      );
    });
  }
});

it('raw queries count if they only select', () => {
  const select = 'const a = await prisma.$queryRaw`SELECT count(*) FROM "User" WHERE "id" IS NOT NULL`;';
  assert.deepEqual(
    onlyRun(`${select} const b = await prisma.b.count();`).steps.map((step) => step.starts[0]?.selects ?? false),
    [true, false],
  );
  for (const sql of ['INSERT INTO "User" DEFAULT VALUES RETURNING id', "SELECT nextval('numbers')"]) {
    assert.deepEqual(runsIn(`const a = await prisma.a.count(); const b = await prisma.$queryRaw\`${sql}\`;`), []);
  }
});

it('a half-written await is no part of a run', () => {
  assert.deepEqual(runsIn('const a = await prisma.a.count(); const b = await prisma.b.count({ where: { id: '), []);
});

it('half-written code gives fewer runs, never an error', () => {
  const whole = 'async function f() { const a = await g(); const [b, c] = await Promise.all([g(), h()]); }';
  for (let length = 0; length < whole.length; length++) runsOf(whole.slice(0, length));
});

function needs(run: AwaitRunFact): (readonly number[])[] {
  return run.steps.map((step) => step.needs);
}

function onlyRun(body: string, functions: readonly string[] = []): AwaitRunFact {
  const [run, ...others] = runsIn(body, functions);
  assert.ok(run && others.length === 0, 'expected one run');
  return run;
}

function runsIn(body: string, functions: readonly string[] = []): readonly AwaitRunFact[] {
  const text = `import { subDays } from 'date-fns';\n${functions.join('\n')}\nasync function test(rows, query, flag) {${body}\n}`;
  return runsOf(text).filter((run) => run.range.start > text.indexOf('function test'));
}

function runsOf(text: string): readonly AwaitRunFact[] {
  return readTypeScriptFacts('example.ts', text).awaitRuns;
}
