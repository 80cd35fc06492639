// Bundles a program as what ships is bundled, so that what is measured runs as fast. Arguments: its source, and the
// file to write, beside which a copy of TypeScript is put.
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { common, sharedTypeScript } from '../esbuild.shared.mjs';

const [source, outfile] = process.argv.slice(2);
await build({ ...common, entryPoints: [source], outfile, plugins: [sharedTypeScript] });
await copyFile('dist/typescript.js', join(dirname(outfile), 'typescript.js'));
