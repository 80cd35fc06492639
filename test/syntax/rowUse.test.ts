import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTypeScriptFacts } from '../../server/core/syntax/typescript/readTypeScriptFacts';
import type { RowsFact } from '../../server/core/syntax/typescript/rowUseFacts';

/** What the code reads of the rows of its first query; `more` stands beside the function. */
function rowsOf(code: string, more = ''): RowsFact | undefined {
  const { calls } = readTypeScriptFacts('example.ts', `async function f() {\n${code}\n}\n${more}`);
  const call = calls.find(({ name }) => name !== '$transaction');
  assert.ok(call);
  return call.rows;
}

const ONE = 'const user = await db.user.findUnique({ where: { id } });';
const LIST = 'const users = await db.user.findMany();';
const NAME = { reads: { name: true } };

test('properties of one row', () => {
  for (const use of [
    'return user.name;',
    'return user?.name;',
    'return user!.name.trim();',
    "return user['name'];",
    'const { name } = user; return name;',
    'const { name: called = "nobody" } = user ?? {}; return called;',
    'if (!user) return; const row = user; return { name: row.name };',
    'if (user === null || !user) throw new Error(); return [user.name];',
    'return user ? user.name : undefined;',
    'return user && user.name;',
    'invariant(user, "no such user"); return user.name;',
    'return () => send(user.name);',
  ]) {
    assert.deepEqual(rowsOf(`${ONE} ${use}`), NAME, use);
  }
});

test('properties of the rows of a list', () => {
  for (const use of [
    'return users.map((user) => user.name);',
    'return users.map(({ name }) => ({ name }));',
    'for (const user of users) await send(user.name);',
    'for (const { name } of users) await send(name);',
    'for (const [index, user] of users.entries()) await send(index, user.name);',
    'return users[0]?.name;',
    'const [first, ...others] = users; return [first.name, others.map((other) => other.name)];',
    'return users.find((user) => user.name === wanted)?.name;',
    'return users.filter((user) => user.name).slice(0, 3).map((user) => user.name);',
    'return [...users].sort((a, b) => a.name.localeCompare(b.name)).map((user) => user.name);',
    'return users.reduce((all, user) => all + user.name, "");',
    'const named = users.filter((user) => user.name); return named.some((user) => user.name === wanted);',
    'return users.at(-1)?.name;',
    'return (users ?? []).map((user) => user.name);',
  ]) {
    assert.deepEqual(rowsOf(`${LIST} ${use}`), NAME, use);
  }
  assert.deepEqual(rowsOf(`${LIST} return users.length;`), { reads: {}, counted: true });
});

test('a result that is taken in another way', () => {
  for (const code of [
    'return (await db.user.findUnique({ where: { id } }))?.name;',
    'const { name } = await db.user.findUniqueOrThrow({ where: { id } }); return name;',
    'const user = id ? await db.user.findUnique({ where: { id } }) : null; return user?.name;',
    'let user; try { user = await db.user.findFirst(); } catch { return; } return user?.name;',
    'const promise = db.user.findFirst(); const user = await promise; return user?.name;',
    'const [user, count] = await Promise.all([db.user.findFirst(), other()]); return user?.name;',
    'const [, users] = await db.$transaction([other(), db.user.findMany()]); return users.map((user) => user.name);',
    'for (const user of await db.user.findMany()) await send(user.name);',
    'return db.user.findMany().then((users) => users.map((user) => user.name));',
    'const user = await db.user.findFirst().catch(() => null); return user?.name;',
  ]) {
    assert.deepEqual(rowsOf(code), NAME, code);
  }
  assert.deepEqual(rowsOf('if (await db.user.findFirst()) return true;'), { reads: {} });
});

test('relations are followed', () => {
  assert.deepEqual(
    rowsOf(`${LIST} return users.map((user) => [user.company?.name, user.posts.map(({ title }) => title.trim())]);`),
    { reads: { company: { name: true }, posts: { title: true } } },
  );
  assert.deepEqual(rowsOf(`${ONE} const { posts } = user; return posts.length;`), {
    reads: { posts: { length: true } },
  });
  assert.deepEqual(rowsOf(`${ONE} for (const post of user.posts) await send(post);`), { reads: { posts: true } });
  assert.deepEqual(rowsOf(`${ONE} return user.posts.concat(more);`), { reads: { posts: true } });
});

test('into functions of the file, and into the types they declare', () => {
  assert.deepEqual(rowsOf(`${ONE} return label(user);`, 'function label(user) { return user.name; }'), NAME);
  assert.deepEqual(rowsOf(`${LIST} return users.map(label);`, 'const label = (user) => user.name;'), NAME);
  assert.deepEqual(rowsOf(`${ONE} return label(user);`, 'function label(user: { name: string }) { return 1; }'), NAME);
  assert.deepEqual(
    rowsOf(`${ONE} return label(user);`, 'interface Named { name: string }\nfunction label({ name }: Named | null) {}'),
    NAME,
  );
  assert.deepEqual(
    rowsOf(`${ONE} return label(user);`, "function label(user: Pick<User, 'name'>) { return user.name; }"),
    NAME,
  );
  assert.deepEqual(rowsOf(`${ONE} return label(user);`, 'function label(user: User) { return user.name; }'), {
    ...NAME,
    types: ['User'],
  });
  assert.deepEqual(rowsOf('const user: User | null = await db.user.findFirst(); return user?.name;'), {
    ...NAME,
    types: ['User'],
  });
});

test('any other use may need all of a row', () => {
  for (const use of [
    'return user;',
    'return { user };',
    'return { ...user };',
    'return [user];',
    'send(user);',
    'console.log(user);',
    'const { name, ...rest } = user;',
    'return user[field];',
    'return user as Named;',
    'return user satisfies Named;',
    "return user + '';",
    'return user === other;',
    'return "name" in user;',
    'for (const key in user) send(key);',
    'this.user = user;',
    'return <Card user={user} />;',
    'return user ?? other;',
    'const get = () => user;',
    'return user.save();',
    'yield user;',
    'throw user;',
    'const other: typeof user = make();',
    'label(user); function label(user) { return JSON.stringify(user); }',
    'label(user); function label() { return arguments[0]; }',
    'label(user); function label(...users) { return users; }',
    'format(...rest, user);',
  ]) {
    assert.equal(rowsOf(`${ONE} ${use}`), undefined, use);
  }
  for (const use of [
    'return users;',
    'return users.map((user) => user);',
    'return users.map((user) => ({ ...user }));',
    'return users.filter((user) => user.name);',
    'return users.map(format);',
    'return users.map((user, index, all) => all);',
    'return new Map(users.map((user) => [user.id, user]));',
    'return users.reduce((best, user) => (user.age > best.age ? user : best));',
    'return users.filter((user): user is Named => true).length;',
    'return [...users, other];',
    'return users.join();',
    'users.sort();',
    'groupBy(users, "name");',
    'users.push(other);',
    'let best; for (const user of users) if (user.age > 3) best = user; return best;',
  ]) {
    assert.equal(rowsOf(`${LIST} ${use}`), undefined, use);
  }
});

test('a name that holds something else at times', () => {
  assert.equal(
    rowsOf('let user = await db.user.findFirst(); if (!user) user = await make(); return user.name;'),
    undefined,
  );
  assert.deepEqual(
    rowsOf('let user = await db.user.findFirst(); if (user?.old === true) user = null; return user?.name;'),
    {
      reads: { old: true, name: true },
    },
  );
});

test('nothing is kept of what nobody asks about', () => {
  assert.equal(
    rowsOf('return (await db.user.findMany({ select: { name: true } })).map(({ name }) => name);'),
    undefined,
  );
  assert.equal(rowsOf('await db.user.create({ data });'), undefined);
  assert.deepEqual(rowsOf('await db.user.update({ where, data, include: { posts: true } });'), { reads: {} });
  assert.equal(rowsOf('return db.user.findUnique({ where: { id } }).posts();'), undefined);
});

test('also when a name of the language is a column', () => {
  assert.deepEqual(rowsOf(`${ONE} return user.constructor === user.__proto__;`), {
    reads: JSON.parse('{ "constructor": true, "__proto__": true }'),
  });
});
