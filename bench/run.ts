import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { discover } from '../server/workspace/discover';
import { trackedKind } from '../server/workspace/trackedFiles';
import type { EditTimes } from './edits';
import { measureGrowth } from './growth';
import type { KeystrokeResults } from './keystrokes';
import { mediansOf, runNode } from './measure';
import { eslintArguments, installOtherTools, oxlintArguments } from './otherTools';
import { printTable, type Row } from './table';

const cli = resolve('dist/cli.js');

async function bench(folder: string, rounds: number): Promise<void> {
  const files = (await discover(folder)).files.map((file) => join(folder, file));
  const sources = files.filter((file) => trackedKind(file) === 'source');
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  const [load = 0] = loadavg();
  const busy = load > cpus().length / 2 ? ' (busy: trust the ratios, not the milliseconds)' : '';
  console.log(`${folder}: ${files.length} files, ${megabytes.toFixed(1)} MB`);
  console.log(`Node ${process.version}, ${cpus().length} CPUs, load ${load.toFixed(1)}${busy}\n`);

  const tools = installOtherTools();
  const scratch = mkdtempSync(join(tmpdir(), 'perf-hints-bench-'));
  try {
    const allFiles = join(scratch, 'all');
    const sourceFiles = join(scratch, 'sources');
    writeFileSync(allFiles, files.join('\n'));
    writeFileSync(sourceFiles, sources.join('\n'));
    const cached = join(scratch, 'cache');
    await runNode([cli, 'audit', folder, '--exit-zero', '--cache-location', cached]);
    const { floor, cold, warm, oxlint, eslint } = await mediansOf(rounds, {
      floor: () => runNode([join(__dirname, 'floor.mjs'), allFiles]),
      cold: () => runNode([cli, 'audit', folder, '--exit-zero']),
      warm: () => runNode([cli, 'audit', folder, '--exit-zero', '--cache-location', cached]),
      oxlint: () => runNode(oxlintArguments(tools, folder)),
      eslint: () => runNode(eslintArguments(tools, folder, sourceFiles)),
    });
    const keystrokes = join(scratch, 'bundled/keystrokes.js');
    await runNode([join(__dirname, 'bundle.mjs'), join(__dirname, 'keystrokes.ts'), keystrokes], [0]);
    const edits = JSON.parse((await runNode([keystrokes, folder], [0])).stdout) as KeystrokeResults;
    const growth = await measureGrowth(folder, files, scratch, rounds, cli);
    printTable(
      [`what (medians of ${rounds} runs)`, 'measured', 'target'],
      [
        ['floor: read every file, scan the bytes', ms(floor.milliseconds), ''],
        ['cold audit (a new process; files in the system’s cache)', ms(cold.milliseconds), ''],
        ['  as a multiple of the floor', times(cold.milliseconds / floor.milliseconds), '≤ 10×'],
        ['oxlint, no-await-in-loop', ms(oxlint.milliseconds), ''],
        ['  cold audit as a multiple of it', times(cold.milliseconds / oxlint.milliseconds), '≤ 7×'],
        ['ESLint, TypeScript parser, no-await-in-loop', ms(eslint.milliseconds), ''],
        ['  as a multiple of the cold audit', times(eslint.milliseconds / cold.milliseconds), '≥ 10×'],
        ['warm audit (a new process; facts cached on disk)', ms(warm.milliseconds), ''],
        ['  as a multiple of the floor', times(warm.milliseconds / floor.milliseconds), '≤ 3×'],
        ['second audit (facts in memory)', ms(edits.secondAudit), ''],
        ['  as a multiple of the floor', times(edits.secondAudit / floor.milliseconds), '≤ 3×'],
        ['twice the files, as a multiple of the time', times(growth), '≤ 2.2×'],
        ['peak memory: audit', `${cold.peakMegabytes.toFixed(0)} MB`, '≤ 200 MB'],
        ['peak memory: warm audit', `${warm.peakMegabytes.toFixed(0)} MB`, '≤ 200 MB'],
        ['peak memory: oxlint', `${oxlint.peakMegabytes.toFixed(0)} MB`, ''],
        ['peak memory: ESLint', `${eslint.peakMegabytes.toFixed(0)} MB`, ''],
        ...editRows(edits),
      ],
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function editRows({ typing, acrossFiles, schema }: KeystrokeResults): Row[] {
  return [
    ...typing.map(
      (edits, index): Row => [
        `keystroke in ${edits.kilobytes.toFixed(0)} KB, ${edits.edits} edits: p50 / p90 / p99`,
        percentiles(edits),
        index < 2 ? 'p90 ≤ 2, p99 ≤ 5 ms' : '',
      ],
    ),
    ...Object.entries(acrossFiles).map(
      ([what, edits]): Row => [
        `${what} in ${edits.kilobytes.toFixed(0)} KB: p50 / p90 / p99`,
        percentiles(edits),
        '≤ 20 ms',
      ],
    ),
    ...(schema === undefined ? [] : [['schema, for 100 KB', ms(schema), '≤ 3 ms'] as const]),
  ];
}

function percentiles({ p50, p90, p99 }: EditTimes): string {
  return `${[p50, p90, p99].map((value) => value.toFixed(1)).join(' / ')} ms`;
}

function ms(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

function times(value: number): string {
  return `${value.toFixed(1)}×`;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' } },
});
const [folder] = positionals;
if (!folder || !existsSync(folder) || !/^[1-9]\d*$/.test(values.runs)) {
  console.error('Usage: npm run bench -- <folder> [--runs 3]');
  process.exitCode = 2;
} else if (!existsSync(cli)) {
  console.error('dist/cli.js is missing: npm run build');
  process.exitCode = 2;
} else {
  void bench(resolve(folder), Number(values.runs));
}
