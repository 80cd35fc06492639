import { removeCompilerOption, replaceCompilerOption } from '../fixes/tsconfigEdits';
import { defineRule } from './rule';

/** `strictFunctionTypes` switched off: generic types are compared member by member. */
export const tsconfigStrictFunctionTypes = defineRule<{ readonly isStrict: boolean }>({
  id: 'tsconfig-strict-function-types',
  title: 'Generic types compared member by member',
  category: 'type-check',
  severity: 'hint',
  fix: 'suggestion',
  runtimeOnly: true,
  check({ scope, report }) {
    for (const { file, facts, options } of scope.tsconfigs()) {
      const option = facts.settings.options.strictFunctionTypes;
      if (option?.value !== false) continue;
      const isStrict = options.get('strict')?.value === true;
      report({
        at: { file, range: option.range },
        data: { isStrict },
        fixes: (sources) => {
          const edit = isStrict
            ? removeCompilerOption(file, 'strictFunctionTypes', sources)
            : replaceCompilerOption(file, 'strictFunctionTypes', true, sources);
          const title = `Compare function types strictly (finds errors that are hidden now)`;
          return [edit && { title, kind: 'suggestion', edits: [edit] }];
        },
      });
    }
  },
  message: ({ isStrict }) =>
    'Without "strictFunctionTypes" the compiler can’t trust the variance of type parameters: where two uses of one ' +
    `generic type are compared, it may go through all their members. ${isStrict ? '"strict" would switch it on: leave the exception out' : 'Switch it on'}, if the errors that it finds can be mended.`,
});
