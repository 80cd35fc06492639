// Builds dist/: the extension's client, the language server and the command line, each one file, beside the
// files that they share and read at run time.
import { chmod, copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import typescript from 'typescript';

const require = createRequire(import.meta.url);
const rulePages = 'test/rules';

/**
 * TypeScript is two thirds of what we ship, and both the server and the command line need it: one copy. Each sees of
 * it what our sources use, as one small object. The library's own has a getter for each of its 2,500 names, which
 * would be a tenth of the time of an audit, and it is loaded when the first file is parsed: facts that come from the
 * cache need none of it.
 */
const sharedTypeScript = {
  name: 'shared-typescript',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, () => ({ path: 'typescript', namespace: 'used-of-typescript' }));
    onResolve({ filter: /^\.\/typescript\.js$/ }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: 'used-of-typescript' }, async () => ({ contents: await usedOfTypeScript() }));
  },
};

/** A module with the functions of TypeScript that our sources call, and the members of enums that they name. */
async function usedOfTypeScript() {
  const files = (await readdir('server', { recursive: true })).filter((name) => name.endsWith('.ts'));
  const sources = await Promise.all(files.map((name) => readFile(join('server', name), 'utf8')));
  const mentions = [...new Set(sources.flatMap((source) => source.match(/\bts\.\w+(?:\.\w+)?/g) ?? []))];
  const functions = new Set();
  const enums = {};
  for (const [, name, member] of mentions.map((mention) => mention.split('.'))) {
    const value = typescript[name];
    if (typeof value === 'function') functions.add(name);
    else if (typeof value === 'object') enums[name] = { ...enums[name], [member]: value[member] };
  }
  // One literal, whose properties stay where they are: quicker to find than those added one by one.
  const members = [
    ...Object.entries(enums).map(([name, values]) => `${name}: ${JSON.stringify(values)}`),
    ...[...functions].map((name) => `${name}: loading('${name}')`),
  ];
  return `
    const loading = (name) => (...given) => {
      const all = require('./typescript.js');
      for (const each of ${JSON.stringify([...functions])}) used[each] = all[each];
      return used[name](...given);
    };
    const used = { ${members.join(', ')} };
    export default used;`;
}

/** The packages publish an older UMD form as `main`, whose requires no bundler can follow. */
const mainFields = ['module', 'main'];

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.18',
  format: 'cjs',
  mainFields,
  // Names stay as they are, so that a stack trace can be read; keeping them by other means costs time at run time.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
};

await rm('dist', { recursive: true, force: true });
await mkdir('dist/rules', { recursive: true });

await Promise.all([
  build({ ...common, entryPoints: { client: 'client/extension.ts' }, outdir: 'dist', external: ['vscode'] }),
  build({
    ...common,
    entryPoints: { server: 'server/lsp/main.ts', cli: 'server/cli/main.ts' },
    outdir: 'dist',
    plugins: [sharedTypeScript],
  }),
  build({
    entryPoints: [require.resolve('typescript')],
    outfile: 'dist/typescript.js',
    minify: true,
    legalComments: 'none',
    target: common.target,
    logLevel: 'warning',
  }),
  // The package's glue reads the module from beside itself, which in a bundle is dist/.
  copyFile(
    join(dirname(require.resolve('@prisma/prisma-schema-wasm')), 'prisma_schema_build_bg.wasm'),
    'dist/prisma_schema_build_bg.wasm',
  ),
  copyRulePages(),
]);
await chmod('dist/cli.js', 0o755);

/** The pages are the documentation that the editor shows, so they travel with the extension. */
async function copyRulePages() {
  const pages = (await readdir(rulePages)).filter((name) => name.endsWith('.md'));
  await Promise.all(pages.map((name) => copyFile(join(rulePages, name), join('dist/rules', name))));
}
