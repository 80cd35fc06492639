// How everything here is bundled: what ships (esbuild.mjs) and what is measured (bench/bundle.mjs).
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import typescript from 'typescript';

/**
 * TypeScript is two thirds of what we ship, and both the server and the command line need it: one copy. Each sees of
 * it what our sources use, as one small object. The library's own has a getter for each of its 2,500 names, which
 * would be a tenth of the time of an audit, and it is loaded when the first file is parsed: facts that come from the
 * cache need none of it.
 */
export const sharedTypeScript = {
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
  const dynamic = sources.flatMap((source) => source.match(/\bts\.[A-Z]\w+(?=\[\w)/g) ?? []);
  if (dynamic.length > 0) throw new Error(`${dynamic[0]}: members of an enum can only be named`);
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

export const common = {
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
