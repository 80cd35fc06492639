import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { ResolverFactory } from 'oxc-resolver';
import { createModuleResolver } from '../../server/core/model/modules/moduleResolution';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';
import { temporaryFolder, writeIn } from '../support/temporaryFolder';

/** A workspace, a file a line: its path, then its text. A source file needs no text. */
const FILES = `
package.json  { "name": "shop", "workspaces": ["apps/*", "packages/*", "libs/*"] }
tsconfig.base.json  { "compilerOptions": { "paths": { "@shop/orders": ["libs/orders/src/index.ts"], "@shop/orders/*": ["libs/orders/src/lib/*"] } } }

apps/web/package.json  { "name": "web", "dependencies": { "@shop/db": "workspace:*" } }
apps/web/tsconfig.json  { "extends": ["@shop/typescript-config/next.json", "./tsconfig.paths.json"], "include": ["**/*.ts", "**/*.tsx"], "exclude": ["scripts"], }
apps/web/tsconfig.paths.json  { "compilerOptions": { "paths": { "@/*": ["./src/*", "./generated/*"], "@/lib/*": ["./lib/*"], "@/lib/mail": ["./src/mailer"], "~": ["./src"] } } } // JSON with comments
apps/web/src/index.ts
apps/web/src/page.tsx
apps/web/src/user.ts
apps/web/src/mailer/index.ts
apps/web/src/db.server.ts
apps/web/src/query.mts
apps/web/src/legacy.cts
apps/web/src/script.js
apps/web/src/view.jsx
apps/web/src/store.ts
apps/web/src/store/index.ts
apps/web/src/store/cart.ts
apps/web/lib/mail.ts
apps/web/lib/cache.ts
apps/web/generated/client.ts
apps/web/scripts/clean.ts
apps/web/plugin/package.json  { "main": "./start.ts" }
apps/web/plugin/start.ts

apps/admin/package.json  { "name": "admin" }
apps/admin/tsconfig.json  { "files": [], "references": [{ "path": "./tsconfig.node.json" }, { "path": "./tsconfig.app.json" }] }
apps/admin/tsconfig.app.json  { "include": ["src"], "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }
apps/admin/tsconfig.node.json  { "include": ["server/**/*.ts"], "exclude": ["server/old"], "compilerOptions": { "baseUrl": "server", "paths": { "@/*": ["lib/*"] } } }
apps/admin/src/main.ts
apps/admin/src/api.ts
apps/admin/server/start.ts
apps/admin/server/routes/index.ts
apps/admin/server/lib/api.ts

libs/orders/package.json  { "name": "@shop/orders-internal" }
libs/orders/tsconfig.json  { "extends": "../../tsconfig.base.json", "files": [], "include": [], "references": [{ "path": "./tsconfig.lib.json" }] }
libs/orders/tsconfig.lib.json  { "extends": "./tsconfig.json", "include": ["src/**/*.ts"] }
libs/orders/src/index.ts
libs/orders/src/lib/total.ts

packages/typescript-config/package.json  { "name": "@shop/typescript-config" }
packages/typescript-config/next.json  { "extends": "./base.json", "compilerOptions": { "paths": { "@/*": ["./wrong/*"] } } }
packages/typescript-config/base.json  { "compilerOptions": { "paths": { "#src/*": ["\${configDir}/src/*"] } } }
packages/mail/package.json  { "name": "@shop/mail", "main": "./src/send.ts" }
packages/mail/tsconfig.json  { "extends": "@shop/typescript-config/base.json" }
packages/mail/src/send.ts
packages/mail/src/template.ts
packages/rooms/package.json  { "name": "rooms" }
packages/rooms/tsconfig.json  { "compilerOptions": { "rootDirs": ["src", "generated"] } }
packages/rooms/src/booking/book.ts
packages/rooms/generated/booking/client.ts

packages/db/package.json  { "name": "@shop/db", "exports": { ".": { "browser": "./src/stub.ts", "types": "./src/index.ts", "default": "./src/index.ts" }, "./client": { "node": { "import": "./src/client.ts" } }, "./models/*": "./src/models/*.ts", "./models/internal/*": null, "./edge": [{ "worker": "./src/stub.ts" }, "./src/edge.ts"] }, "imports": { "#env": "./src/env.ts", "#models/*": { "browser": "./src/stub.ts", "default": "./src/models/*.ts" }, "#mail": "@shop/mail" } }
packages/db/src/index.ts
packages/db/src/client.ts
packages/db/src/edge.ts
packages/db/src/env.ts
packages/db/src/stub.ts
packages/db/src/models/user.ts
packages/db/src/models/internal/secret.ts

packages/built/package.json  { "name": "built", "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.mjs", "require": "./dist/index.cjs" }, "./jobs": "./dist/esm/jobs/index.js", "./tools": "./dist/src/tools.js" } }
packages/built/src/index.ts
packages/built/src/jobs/index.ts
packages/built/src/tools.ts
packages/flat/package.json  { "name": "flat", "main": "dist/index.js", "types": "dist/index.d.ts" }
packages/flat/index.ts
packages/flat/tools.ts
packages/source/package.json  { "name": "source", "main": "./lib/main.js", "source": "./code/main.ts" }
packages/source/code/main.ts

teams/a/package.json  { "name": "team-a" }
teams/a/start.ts
teams/a/shared/package.json  { "name": "shared", "main": "index.ts" }
teams/a/shared/index.ts
teams/b/package.json  { "name": "team-b" }
teams/b/start.ts
teams/b/shared/package.json  { "name": "shared", "main": "index.ts" }
teams/b/shared/index.ts
`;

/** From a file, what is imported, and the file that both give; `-` where both give none. */
const SAME = `
apps/web/src/page.tsx      ./user               apps/web/src/user.ts
apps/web/src/page.tsx      ./user.js            apps/web/src/user.ts
apps/web/src/page.tsx      ./user.ts            apps/web/src/user.ts
apps/web/src/user.ts       ./page.js            apps/web/src/page.tsx
apps/web/src/user.ts       ./page.jsx           apps/web/src/page.tsx
apps/web/src/user.ts       ./view.jsx           apps/web/src/view.jsx
apps/web/src/user.ts       ./query.mjs          apps/web/src/query.mts
apps/web/src/user.ts       ./legacy.cjs         apps/web/src/legacy.cts
apps/web/src/user.ts       ./script             apps/web/src/script.js
apps/web/src/user.ts       ./script.js          apps/web/src/script.js
apps/web/src/user.ts       ./db.server          apps/web/src/db.server.ts
apps/web/src/user.ts       ./mailer             apps/web/src/mailer/index.ts
apps/web/src/user.ts       ./mailer/            apps/web/src/mailer/index.ts
apps/web/src/user.ts       ./store              apps/web/src/store.ts
apps/web/src/user.ts       ./store/             apps/web/src/store/index.ts
apps/web/src/store/cart.ts .                    apps/web/src/store/index.ts
apps/web/src/store/cart.ts ./                   apps/web/src/store/index.ts
apps/web/src/store/cart.ts ..                   apps/web/src/index.ts
apps/web/src/store/cart.ts ../store             apps/web/src/store.ts
apps/web/src/user.ts       ../plugin            apps/web/plugin/start.ts
apps/web/src/user.ts       ./missing            -
apps/web/src/user.ts       ../../../../outside  -

apps/web/src/page.tsx      @/user               apps/web/src/user.ts
apps/web/src/page.tsx      @/user.js            apps/web/src/user.ts
apps/web/src/page.tsx      @/client             apps/web/generated/client.ts
apps/web/src/page.tsx      @/lib/cache          apps/web/lib/cache.ts
apps/web/src/page.tsx      @/lib/mail           apps/web/src/mailer/index.ts
apps/web/src/page.tsx      ~                    apps/web/src/index.ts
apps/web/src/page.tsx      @/missing            -
packages/mail/src/send.ts  #src/template        packages/mail/src/template.ts

apps/admin/src/main.ts     @/api                apps/admin/src/api.ts
apps/admin/server/start.ts @/api                apps/admin/server/lib/api.ts
apps/admin/server/start.ts routes               apps/admin/server/routes/index.ts
libs/orders/src/index.ts   @shop/orders/total   libs/orders/src/lib/total.ts
libs/orders/src/lib/total.ts @shop/orders       libs/orders/src/index.ts

packages/rooms/src/booking/book.ts ./client     packages/rooms/generated/booking/client.ts
packages/rooms/generated/booking/client.ts ./book packages/rooms/src/booking/book.ts

apps/web/src/page.tsx      @shop/db             packages/db/src/index.ts
apps/web/src/page.tsx      @shop/db/client      packages/db/src/client.ts
apps/web/src/page.tsx      @shop/db/models/user packages/db/src/models/user.ts
apps/web/src/page.tsx      @shop/db/edge        packages/db/src/edge.ts
apps/web/src/page.tsx      @shop/db/models/internal/secret -
apps/web/src/page.tsx      @shop/mail           packages/mail/src/send.ts
apps/web/src/page.tsx      @shop/mail/src/template packages/mail/src/template.ts
apps/web/src/page.tsx      flat                 packages/flat/index.ts
apps/web/src/page.tsx      react                -
packages/db/src/client.ts  @shop/db             packages/db/src/index.ts
packages/db/src/client.ts  @shop/db/models/user packages/db/src/models/user.ts
packages/db/src/client.ts  #env                 packages/db/src/env.ts
packages/db/src/client.ts  #models/user         packages/db/src/models/user.ts
packages/db/src/client.ts  #mail                packages/mail/src/send.ts
packages/db/src/client.ts  #missing             -
apps/web/src/page.tsx      #env                 -

teams/a/start.ts           shared               teams/a/shared/index.ts
teams/b/start.ts           shared               teams/b/shared/index.ts
`;

/** What only we find, and why we want to. */
const OURS = `
# The manifest names what a build makes; the workspace holds the source.
apps/web/src/page.tsx      built                packages/built/src/index.ts
apps/web/src/page.tsx      built/jobs           packages/built/src/jobs/index.ts
apps/web/src/page.tsx      built/tools          packages/built/src/tools.ts
apps/web/src/page.tsx      source               packages/source/code/main.ts
# With "moduleResolution": "node" TypeScript reads past "exports", and by path what the main entry's folder holds.
apps/web/src/page.tsx      @shop/db/src/env     packages/db/src/env.ts
apps/web/src/page.tsx      flat/dist/tools      packages/flat/tools.ts
apps/web/src/page.tsx      @shop/mail/template  packages/mail/src/template.ts
# A file outside every configuration is still run, with the paths of the nearest.
apps/web/scripts/clean.ts  @/user               apps/web/src/user.ts
`;

const texts = Object.fromEntries(
  lines(FILES).map((line): [string, string] => {
    const [file = ''] = line.split(' ', 1);
    return [file, line.slice(file.length).trim() || 'export * from "./other";'];
  }),
);

/** The packages that an installation would link, and where. */
const LINKS = Object.entries(texts).flatMap(([file, text]): [link: string, folder: string][] => {
  const name: unknown = file.endsWith('/package.json') ? JSON.parse(text).name : undefined;
  if (typeof name !== 'string') return [];
  const team = /^teams\/\w+(?=\/)/.exec(file)?.[0];
  return [[join(team ?? '', 'node_modules', name), dirname(file)]];
});

function lines(table: string): string[] {
  return table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

function cases(table: string): [from: string, specifier: string, file: string | undefined][] {
  return lines(table).map((line) => {
    const [from = '', specifier = '', file] = line.split(/ +/);
    return [from, specifier, file === '-' ? undefined : file];
  });
}

function ours(): (from: string, specifier: string) => string | undefined {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of Object.entries(texts)) {
    const facts = readFacts(file, text);
    assert.ok(facts, file);
    documents.set(file, facts);
  }
  return createModuleResolver(documents).resolve;
}

function oxcs(): (from: string, specifier: string) => string | undefined {
  const folder = temporaryFolder({});
  for (const [file, text] of Object.entries(texts)) writeIn(folder, file, text);
  for (const [link, target] of LINKS) {
    mkdirSync(dirname(join(folder, link)), { recursive: true });
    symlinkSync(join(folder, target), join(folder, link), 'junction');
  }
  const resolver = new ResolverFactory({
    tsconfig: 'auto',
    conditionNames: ['node', 'import', 'types'],
    mainFields: ['types', 'main'],
    extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'],
    extensionAlias: {
      '.js': ['.ts', '.tsx', '.js'],
      '.jsx': ['.tsx', '.jsx'],
      '.mjs': ['.mts', '.mjs'],
      '.cjs': ['.cts', '.cjs'],
    },
  });
  return (from, specifier) => {
    const { path } = resolver.resolveFileSync(join(folder, from), specifier);
    return path === undefined ? undefined : relative(folder, path).replaceAll('\\', '/');
  };
}

test('imports mean the files that oxc-resolver finds in an installed workspace; ours needs no node_modules', () => {
  const [own, oracle] = [ours(), oxcs()];
  for (const [from, specifier, file] of cases(SAME)) {
    assert.equal(oracle(from, specifier), file, `oxc-resolver: ${specifier} in ${from}`);
    assert.equal(own(from, specifier), file, `${specifier} in ${from}`);
  }
});

test('imports that only we resolve: to sources for what a build makes, and by what people run', () => {
  const [own, oracle] = [ours(), oxcs()];
  for (const [from, specifier, file] of cases(OURS)) {
    assert.equal(oracle(from, specifier), undefined, `oxc-resolver: ${specifier} in ${from}`);
    assert.equal(own(from, specifier), file, `${specifier} in ${from}`);
  }
});
