import { refusedOptionFix } from '../fixes/refusedOptionFix';
import { type RefusedOption, refusedOptions } from '../model/settings/refusedOptions';
import { defineRule } from './rule';

/** An option with which TypeScript 7, whose checks take a fraction of the time, does not start. */
export const tsconfigTs7Ready = defineRule<RefusedOption>({
  id: 'tsconfig-ts7-ready',
  title: 'Option that TypeScript 7 refuses',
  category: 'type-check',
  severity: 'hint',
  fix: 'safe',
  runtimeOnly: true,
  check({ scope, report }) {
    const { documents } = scope.project;
    for (const tsconfig of scope.tsconfigs()) {
      for (const option of refusedOptions(tsconfig, documents)) {
        report({
          at: { file: tsconfig.file, range: option.range },
          data: option,
          fixes: (sources) => [refusedOptionFix(tsconfig, option, scope.project, sources)],
        });
      }
    }
  },
  message: ({ name, value }) =>
    `TypeScript 7, which checks several times as fast, refuses "${name}"${value === undefined ? '' : ` with the value ${value}`}: ${ADVICE[name] ?? 'take it out'}.`,
});

const ADVICE: Readonly<Record<string, string>> = {
  baseUrl: 'write the targets of "paths" relative to this file instead, "./" in front',
  outFile: 'let a bundler join the files',
  out: 'let a bundler join the files',
  downlevelIteration: 'from target ES2015 on it does nothing',
  target: 'ES2015 is the lowest that is left',
  module: 'use "commonjs", "esnext", "nodenext" or "preserve"',
  moduleResolution: 'use "bundler", or "nodenext" for what Node runs as it is',
  esModuleInterop: 'its interoperability is always on',
  allowSyntheticDefaultImports: 'it is always on',
  alwaysStrict: 'it is always on',
  importsNotUsedAsValues: '"verbatimModuleSyntax" has taken its place',
  preserveValueImports: '"verbatimModuleSyntax" has taken its place',
};
