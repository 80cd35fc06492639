/** The name of the config file, in the workspace folder. */
export const configFileName = 'perf-hints.config.json';

/**
 * What runs aside of an application's traffic. Rules about queries are silent there: a seed that asks
 * a thousand times costs nobody a slow page.
 */
export const defaultAside: readonly string[] = [
  '**/*.{test,spec,e2e,e2e-spec,integration,bench,stories,story,fixture,mock}.*',
  '**/*.*{test,spec}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
  '**/{__tests__,__mocks__,__fixtures__,__stories__,__e2e__,__test__,__integration__}/**',
  '**/{test,tests,e2e,e2e-tests,spec,specs,cypress,playwright,mocks,fixtures,.storybook}/**',
  '**/test-{utils,helpers,setup,support}/**',
  '**/{jest,vitest,playwright,cypress}.*.{ts,mts,cts,js,mjs,cjs}',
  '**/{seed,seeds,seeder,seeders,seeding,seed-*,*-seed,*-seeds,*-seed-*}/**',
  '**/{seed,seeds,seeder,*.seed,*-seed,seed-*,seed_*,seed.*}.{ts,mts,cts,js,mjs,cjs}',
  '**/{migration,migrations,*-migrations,*Migrations}/**',
  '**/{data-migration,data-migrations,backfill,backfills}/**',
  '**/{scripts,script}/**',
  '**/{example,examples}/**',
  '**/{bench,benchmark,benchmarks}/**',
  '**/{generated,__generated__}/**',
];
