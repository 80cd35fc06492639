import { ownBuildInfo, startOf } from './buildInfo';
import { asksForBuildCache } from './configuration';
import { isSolution } from './invocation';
import { readLastLook, writeLastLook } from './lastLook';
import type { Plan } from './plan';
import type { ProgramFigures, TypeCheckRun } from './run';

/** What a run finds of an earlier one, and what it leaves behind for the next. */
export interface CacheOutlook {
  /** What the run was, by what had changed before it; to be asked when the compiler has told of its program. */
  startOf(program: ProgramFigures): TypeCheckRun['start'];
  /** Keeps what a run saw that came to its end. */
  remember(program: ProgramFigures, startedAt: Date): void;
}

const withoutCache: CacheOutlook = { startOf: () => 'cold', remember: () => undefined };

/** Looks, before a run, at the build caches that it may read. */
export function cacheOutlook(plan: Plan, configHash: string): CacheOutlook {
  const { compiler, configuration, referred, place, mode, usesOurCache } = plan;
  const isBuild = isSolution(configuration);
  const hasOwn = isBuild || asksForBuildCache(configuration);
  if (mode === 'cold' || !(usesOurCache || hasOwn)) return withoutCache;
  const own = isBuild ? referred : [configuration];
  const caches = usesOurCache && place ? [place.buildInfo(compiler.version)] : own.flatMap(ownBuildInfo);
  const lookFile = place?.lastLook(compiler.version, usesOurCache ? 'ours' : 'own');
  const lastLook = lookFile === undefined ? undefined : readLastLook(lookFile);
  const expected = startOf(caches, compiler.version, lastLook);
  // A build tells only of what it built.
  const countOf = ({ files }: ProgramFigures) => (isBuild ? undefined : files);

  return {
    startOf: (program) => {
      if (expected !== 'warm' || !lastLook) return expected;
      // Files that came are in no build cache: they show by their number.
      const files = countOf(program) ?? lastLook.files;
      const isSame = lastLook.configHash === configHash && (lastLook.files ?? files) === files;
      return isSame ? 'warm' : 'edited';
    },
    remember: (program, startedAt) => {
      if (lookFile === undefined) return;
      const files = countOf(program) ?? lastLook?.files;
      const endedAt = Date.now();
      // What a build reads it may have written itself.
      const look = { startedAt: isBuild ? endedAt : startedAt.getTime(), endedAt, configHash };
      writeLastLook(lookFile, files === undefined ? look : { ...look, files });
    },
  };
}
