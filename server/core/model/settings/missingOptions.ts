import type { Place } from '../../text/textEdit';
import type { Tsconfig, Tsconfigs } from './tsconfigs';

/** Where an option belongs that projects lack. */
export interface MissingOption {
  /** Where the finding stands. */
  readonly at: Place;
  /** How many projects lack it. */
  readonly projects: number;
  /** Those of them that have it from there. */
  readonly heirs: readonly Place[];
}

/**
 * Returns the places, in the configurations asked about, for an option that projects lack: each project's own, but where
 * at least two extend one base, and all that do lack it, that base once.
 */
export function missingOptions(
  asked: Iterable<Tsconfig>,
  tsconfigs: Tsconfigs,
  lacks: (tsconfig: Tsconfig) => boolean,
): readonly MissingOption[] {
  const files = new Set([...asked].map(({ file }) => file));
  // Who types in some other file waits for nothing.
  if (files.size === 0) return [];
  const lacking = new Set(tsconfigs.projects.filter(lacks));
  const places = new Map<Tsconfig, Tsconfig[]>();
  for (const project of lacking) {
    const place = commonBase(project, tsconfigs, lacking) ?? project;
    places.set(place, [...(places.get(place) ?? []), project]);
  }
  return [...places]
    .filter(([{ file }]) => files.has(file))
    .map(([place, projects]) => ({
      at: headOf(place),
      projects: projects.length,
      heirs: projects.filter((project) => project !== place).map(headOf),
    }));
}

/** The farthest base that lacks the option as a project, or that several projects extend, all of which lack it. */
function commonBase(project: Tsconfig, tsconfigs: Tsconfigs, lacking: ReadonlySet<Tsconfig>): Tsconfig | undefined {
  const lacks = (file: string): boolean => [...lacking].some((other) => other.file === file);
  const base = project.bases.findLast((file) => {
    const heirs = tsconfigs.heirsOf(file);
    return lacks(file) || (heirs.length > 1 && heirs.every((heir) => lacking.has(heir)));
  });
  return base === undefined ? undefined : tsconfigs.at(base);
}

function headOf({ file, facts }: Tsconfig): Place {
  return { file, range: facts.settings.head };
}
