import { replaceCompilerOption } from '../fixes/tsconfigEdits';
import { folderOf, foldersUp, resolvePath } from '../model/modules/paths';
import { askedMajor } from '../model/settings/askedVersions';
import type { DocumentFacts } from '../syntax/documentFacts';
import { defineRule } from './rule';

/** Packages of `@types` that give global names; those of modules are found by who imports the modules. */
const GLOBAL_TYPES =
  /^@types\/((?:node|bun|jest|mocha|jasmine|cypress|chai|sinon|google\.maps|chrome|webpack-env|dom-[\w-]+|w3c-web-[\w-]+|wicg-[\w-]+|gtag\.js|office-js|vscode-webview|k6|aws-lambda-edge|grecaptcha|youtube|jquery))$/;

/** From then on `types` names what is taken in, and `*` asks for all. */
const FIRST_TO_ASK = 6;

/** `"types": ["*"]`: every package of `@types` is read, whoever brought it. */
export const tsconfigTypesStar = defineRule<{ readonly named: readonly string[] }>({
  id: 'tsconfig-types-star',
  title: 'Every package of @types taken in',
  category: 'type-check',
  severity: 'hint',
  fix: 'suggestion',
  runtimeOnly: true,
  check({ scope, report }) {
    const { documents } = scope.project;
    for (const { file, facts } of scope.tsconfigs()) {
      const types = facts.settings.options.types;
      if (!types || !Array.isArray(types.value) || !types.value.includes('*')) continue;
      if ((askedMajor(documents, file, 'typescript') ?? FIRST_TO_ASK) < FIRST_TO_ASK) continue;
      const others = types.value.filter((name) => name !== '*');
      const named = [...new Set([...others, ...globalTypes(file, documents)])];
      report({
        at: { file, range: types.range },
        data: { named },
        fixes: (sources) => {
          const edit = named.length > 0 ? replaceCompilerOption(file, 'types', named, sources) : undefined;
          const title = `Name them: ${named.join(', ')} (other packages' global names are no longer known)`;
          return [edit && { title, kind: 'suggestion', edits: [edit] }];
        },
      });
    }
  },
  message: ({ named }) =>
    '"*" reads every @types package that can be seen from here, also those that only dependencies brought. Name the ones ' +
    `whose global names are used${named.length > 0 ? `, perhaps ${named.join(', ')}` : ', or none'}; what is imported is found without.`,
});

/** The packages with global names that the `package.json` files from here upwards ask for. */
function globalTypes(file: string, documents: ReadonlyMap<string, DocumentFacts>): readonly string[] {
  return [...foldersUp(folderOf(file))].flatMap((folder) => {
    const facts = documents.get(resolvePath(folder, 'package.json'));
    if (facts?.kind !== 'package') return [];
    return facts.dependencies.flatMap((name) => GLOBAL_TYPES.exec(name)?.[1] ?? []);
  });
}
