// Builds dist/: the extension's client, the language server and the command line, each one file, beside the
// files that they share and read at run time.
import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { common, sharedTypeScript } from './esbuild.shared.mjs';

const require = createRequire(import.meta.url);
const rulePages = 'test/rules';

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
