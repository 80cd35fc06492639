// ESLint with typescript-eslint's parser and one rule. Arguments: the folder of the tools, the linted folder,
// a file that lists what to lint.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [tools, folder, list] = process.argv.slice(2);
const require = createRequire(join(tools, 'package.json'));
const { ESLint } = require('eslint');
const { parser } = require('typescript-eslint');

const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  warnIgnored: false,
  errorOnUnmatchedPattern: false,
  overrideConfig: [
    {
      files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'],
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
      rules: { 'no-await-in-loop': 'error' },
    },
  ],
});
const results = await eslint.lintFiles(readFileSync(list, 'utf8').split('\n').filter(Boolean));
const messages = results.flatMap((result) => result.messages);
console.log(JSON.stringify({ files: results.length, findings: messages.filter(({ ruleId }) => ruleId).length }));
