import type { Project } from '../model/project';
import type { RefusedOption } from '../model/settings/refusedOptions';
import { type Tsconfig, tsconfigsOf } from '../model/settings/tsconfigs';
import type { Fix } from '../rules/rule';
import type { FileEdit } from '../text/textEdit';
import { pathsWithoutBaseUrl } from './pathsWithoutBaseUrl';
import type { Sources } from './sources';
import { removeCompilerOption, replaceCompilerOption } from './tsconfigEdits';

/** Returns the repair of an option that TypeScript 7 refuses; undefined where a person has to decide. */
export function refusedOptionFix(
  tsconfig: Tsconfig,
  { name, value }: RefusedOption,
  project: Project,
  sources: Sources,
): Fix | undefined {
  const { file } = tsconfig;
  const suggestion = (title: string, edit: FileEdit | undefined): Fix | undefined =>
    edit && { title, kind: 'suggestion', edits: [edit] };
  if (name === 'baseUrl') {
    const title = tsconfig.options.has('paths') ? 'Write "paths" without "baseUrl"' : 'Take "baseUrl" out';
    return suggestion(
      `${title} (older tools that read it may need it)`,
      pathsWithoutBaseUrl(tsconfig, project, sources),
    );
  }
  if (name === 'target') {
    const emits = tsconfig.options.get('noEmit')?.value === true ? '' : ' (what is emitted changes)';
    return suggestion(`Set "target" to ES2015${emits}`, replaceCompilerOption(file, name, 'ES2015', sources));
  }
  const users = [tsconfig, ...tsconfigsOf(project.documents).extending(file)];
  if (name === 'downlevelIteration') {
    if (!users.every(iteratesNatively)) return undefined;
    const edit = removeCompilerOption(file, name, sources);
    return edit && { title: 'Remove "downlevelIteration", which does nothing here', kind: 'safe', edits: [edit] };
  }
  if (name === 'moduleResolution' && !/classic/i.test(value ?? '') && users.every(writesModules)) {
    const title = 'Set "moduleResolution" to "bundler" (packages are then found by their "exports")';
    return suggestion(title, replaceCompilerOption(file, name, 'bundler', sources));
  }
  return undefined;
}

function iteratesNatively({ options }: Tsconfig): boolean {
  const target = options.get('target')?.value;
  return typeof target === 'string' && /^es(?:6|20\d\d|next)$/i.test(target);
}

/** What `bundler` goes with, in TypeScript 5 too. */
function writesModules({ options }: Tsconfig): boolean {
  const module = options.get('module')?.value;
  return typeof module === 'string' && /^(?:es(?:6|20\d\d|next)|preserve)$/i.test(module);
}
