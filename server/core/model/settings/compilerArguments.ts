/** What the arguments of a compiler ask for. */
export interface CompilerArguments {
  /** Of an option that is given (in any spelling of capitals): its value, true where none follows. */
  option(name: string): string | boolean | undefined;
  /** True if files are named: then no configuration is read. */
  readonly namesFiles: boolean;
}

/** Options that take no value but `true` and `false`, as far as scripts use them. */
const FLAGS = new Set(
  (
    'alljs allowjs allowimportingtsextensions b build checkjs composite d declaration diagnostics dry ' +
    'emitdeclarationonly esmoduleinterop explainfiles extendeddiagnostics f force h help incremental init ' +
    'isolatedmodules listfiles listfilesonly nocheck noemit noemitonerror noerrortruncation noimplicitany ' +
    'nopropertyaccessfromindexsignature nounusedlocals nounusedparameters preserveconstenums preservewatchoutput ' +
    'pretty quiet removecomments resolvejsonmodule showconfig singlethreaded skiplibcheck sourcemap strict ' +
    'strictnullchecks stripinternal traceresolution v verbose version w watch'
  ).split(' '),
);

const SHORT: Readonly<Record<string, string>> = { p: 'project', w: 'watch', b: 'build', v: 'version', h: 'help' };

/** Reads arguments as `tsc` does. What follows an option that is not known here is taken for its value. */
export function readCompilerArguments(args: readonly string[]): CompilerArguments {
  const options = new Map<string, string | boolean>();
  let namesFiles = false;
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? '';
    const next = args[at + 1];
    if (!argument.startsWith('-')) {
      namesFiles = true;
      continue;
    }
    const name = argument.replace(/^--?/, '').toLowerCase();
    const isFlag = FLAGS.has(name);
    const hasValue = next !== undefined && !next.startsWith('-') && (!isFlag || /^(?:true|false|null)$/.test(next));
    options.set(SHORT[name] ?? name, hasValue ? (isFlag ? next === 'true' : next) : true);
    if (hasValue) at++;
  }
  return { option: (name) => options.get(name.toLowerCase()), namesFiles };
}
