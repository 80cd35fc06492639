import type { DocumentFacts } from '../../syntax/documentFacts';
import { folderOf, isWithin } from '../modules/paths';
import { askedMajor } from './askedVersions';
import { configuredOptions } from './configuredOptions';
import { tsconfigsOf } from './tsconfigs';
import type { TypeCheckCommand } from './typeCheckCommands';

type Documents = ReadonlyMap<string, DocumentFacts>;

/** A type check that finds out the same each time, though the compiler could remember it. */
export interface RepeatedCheck {
  /** Where a build cache would lie is said already. */
  readonly hasBuildInfoFile: boolean;
  /** The configuration is there to check types and for nothing else: it is the place to say so, for whoever uses it. */
  readonly belongsInTsconfig: boolean;
}

/** Scripts for machines that begin with nothing, or that hardly anybody runs twice: there is nothing to keep. */
const RUNS_ONCE =
  /(?:^|[:_-])(?:ci|build|bundle|release|publish|deploy|docker|pack)(?:[:_-]|$)|^(?:pre|post)?(?:publish(?:only)?|pack|prepare|install|version)$|^prepublishonly$/i;

/** Since then `--noEmit` and `--incremental` go together. */
const FIRST_TYPESCRIPT = 4;
/** The first for which we have seen it. */
const FIRST_VUE_TSC = 2;

/** In a workspace of many packages, a check of fewer files takes as long with a cache as without. */
const FEW_FILES = 10;

/** What is to be said of a command that checks types without a build cache; undefined for any other. */
export function repeatedCheck(command: TypeCheckCommand, documents: Documents): RepeatedCheck | undefined {
  const { script, arguments: args, tsconfig } = command;
  if (script !== undefined && RUNS_ONCE.test(script)) return undefined;
  const options = configuredOptions(documents, tsconfig);
  // Whoever says `false` means it.
  const isDecided = [args.option('incremental'), options?.incremental].some((value) => value !== undefined);
  const isComposite = (args.option('composite') ?? options?.composite) === true;
  const checksOnly = (args.option('noEmit') ?? options?.noEmit) === true;
  if (!options || isDecided || isComposite || !checksOnly || !remembers(command, documents)) return undefined;
  if (isSolution(documents.get(tsconfig)) || isSmallMember(folderOf(tsconfig), documents)) return undefined;
  return {
    hasBuildInfoFile: (args.option('tsBuildInfoFile') ?? options.tsBuildInfoFile) !== undefined,
    belongsInTsconfig: options.noEmit === true && tsconfigsOf(documents).projects.some(({ file }) => file === tsconfig),
  };
}

/** True if the compiler that the package asks for can be told to, as far as that is known. */
function remembers({ run, file }: TypeCheckCommand, documents: Documents): boolean {
  return run.compiler === 'tsc'
    ? (askedMajor(documents, file, 'typescript') ?? FIRST_TYPESCRIPT) >= FIRST_TYPESCRIPT
    : (askedMajor(documents, file, 'vue-tsc') ?? 0) >= FIRST_VUE_TSC;
}

/** Without `--build` it has no files of its own to check. */
function isSolution(facts: DocumentFacts | undefined): boolean {
  return facts?.kind === 'tsconfig' && facts.files?.length === 0 && facts.references.length > 0;
}

function isSmallMember(folder: string, documents: Documents): boolean {
  let files = 0;
  let isMember = false;
  for (const [file, { kind }] of documents) {
    if (kind === 'package' && !isWithin(folder, file)) isMember = true;
    if (kind === 'typescript' && isWithin(folder, file) && ++files >= FEW_FILES) return false;
  }
  return isMember;
}
