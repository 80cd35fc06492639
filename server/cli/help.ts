import { ruleMetas } from '../core/rules/ruleMetas';

const widest = Math.max(...ruleMetas.map(({ id }) => id.length));
const ruleLines = ruleMetas.map(({ id, title }) => `  ${id.padEnd(widest)}  ${title}`);

/** What `perf-hints --help` prints. */
export const help = `Usage: perf-hints audit [paths] [options]
       perf-hints type-check [options]

perf-hints audit finds what will make a TypeScript + Prisma application slow.

Paths are files or folders; the current folder if none is given. Findings are reported below the paths. What is
read for them is the workspace folder: the first path itself if it is a folder with a package.json, .git or
perf-hints.config.json, else the nearest folder above it with one of these.

Options of audit:
  --format text|json|markdown          how to report (default: text)
  --only <rule>[,<rule>]               report these rules only
  --skip <rule>[,<rule>]               report all rules but these
  --severity warning|information|hint  the lowest severity that is shown and that fails the audit
                                       (default: everything is shown, warnings fail)
  --max-warnings <n>                   do not fail for up to n findings (default: 0)
  --exit-zero                          exit with 0 in spite of findings
  --fix                                apply the safe fixes, then report what is left
  --unsafe-fixes                       with --fix or --fix-dry-run: also those that change what their title says
  --fix-dry-run                        print what --fix would change, as a unified diff; write nothing
  --config <file>                      read this instead of perf-hints.config.json in the workspace folder
  --cache                              keep what was read of each file, and read only what has changed next time
  --cache-location <folder>            the same, kept here instead of in node_modules/.cache/perf-hints
  --debug timings                      print where the time goes, on stderr

perf-hints type-check runs the project's own TypeScript over it, measures time and memory, and keeps the figures.

Options of type-check:
  --project <tsconfig|folder>          the project to check; may be repeated (default: the nearest tsconfig.json)
  --cold                               check everything, and read and write no build cache
  --compare                            run cold, then with an empty build cache, then with that, and compare
  --trace                              cold, and record where the compiler's time goes
  --heap <MiB>                         the memory for a compiler that runs on Node
  --checkers <n>                       how many checkers TypeScript 7 runs at once
  --tsc <path>                         run this tsc, or this typescript package
  --storage <folder>                   keep build caches and figures here instead of in node_modules/.cache/perf-hints
  --format text|json|markdown          how to report (default: text)

  -h, --help                           print this
  -v, --version                        print the version

Rules:
${ruleLines.join('\n')}

Exit codes:
  0    nothing found at or above the failing severity; no errors in types
  1    findings; errors in types
  2    wrong usage, a problem in the configuration, a file that could not be written, a compiler that failed or ran out
       of memory, an internal error
  130  cancelled
`;
