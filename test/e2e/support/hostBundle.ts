import { join } from 'node:path';
import { build } from 'esbuild';
import { repository } from './places';

/** Bundles the suite for the extension host into one file, and returns its path. */
export async function bundleHostSuite(): Promise<string> {
  const outfile = join(repository, 'dist-test/host/index.js');
  await build({
    entryPoints: [join(repository, 'test/e2e/host/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'error',
  });
  return outfile;
}
