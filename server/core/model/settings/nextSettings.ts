import type { DocumentFacts } from '../../syntax/documentFacts';
import type { NextSettingFact } from '../../syntax/typescript/nextConfig';
import { askedMajor } from './askedVersions';

/** A setting of Next.js that its version no longer needs, and why. */
export interface ObsoleteNextSetting {
  readonly setting: NextSettingFact;
  readonly reason: 'default' | 'removed' | 'no-cache';
  /** Of `next`. */
  readonly major: number;
}

/** From which version on an option is the default, and from which it is unknown; by the schemas of Next.js's own releases. */
const OPTIONS: Readonly<
  Record<'swcMinify' | 'optimizeFonts', { readonly default?: number; readonly removed: number }>
> = {
  swcMinify: { default: 13, removed: 15 },
  optimizeFonts: { removed: 15 },
};

/** From then on builds use Turbopack, which asks no `webpack` function. */
const FIRST_TURBOPACK = 16;

/** Returns the settings of a `next.config` file that its version of `next` no longer needs; none where the version is unknown. */
export function obsoleteNextSettings(
  file: string,
  documents: ReadonlyMap<string, DocumentFacts>,
): readonly ObsoleteNextSetting[] {
  const facts = documents.get(file);
  if (facts?.kind !== 'typescript' || !facts.nextSettings) return [];
  const major = askedMajor(documents, file, 'next');
  if (major === undefined) return [];
  return facts.nextSettings.flatMap((setting) => {
    const reason = reasonOf(setting, major);
    return reason === undefined ? [] : [{ setting, reason, major }];
  });
}

function reasonOf({ name, value }: NextSettingFact, major: number): ObsoleteNextSetting['reason'] | undefined {
  if (name === 'cache') return major < FIRST_TURBOPACK ? 'no-cache' : undefined;
  const since = OPTIONS[name];
  if (major >= since.removed) return 'removed';
  return value === true && since.default !== undefined && major >= since.default ? 'default' : undefined;
}
