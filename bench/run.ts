import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { discover } from '../server/workspace/discover';
import { trackedKind } from '../server/workspace/trackedFiles';
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
    const { floor, cold, oxlint, eslint } = await mediansOf(rounds, {
      floor: () => runNode([join(__dirname, 'floor.mjs'), allFiles]),
      cold: () => runNode([cli, 'audit', folder, '--exit-zero']),
      oxlint: () => runNode(oxlintArguments(tools, folder)),
      eslint: () => runNode(eslintArguments(tools, folder, sourceFiles)),
    });
    const keystrokes = await runNode(['--import', 'tsx', join(__dirname, 'keystrokes.ts'), folder]);
    const { typing, exporting, secondAudit } = JSON.parse(keystrokes.stdout) as KeystrokeResults;
    const growth = await measureGrowth(folder, files, scratch, rounds, cli);

    const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
    const times = (value: number) => `${value.toFixed(1)}×`;
    const rows: Row[] = [
      ['floor: read every file, scan the bytes', ms(floor.milliseconds), ''],
      ['cold audit (a new process; files in the system’s cache)', ms(cold.milliseconds), ''],
      ['  as a multiple of the floor', times(cold.milliseconds / floor.milliseconds), '≤ 10×'],
      ['oxlint, no-await-in-loop', ms(oxlint.milliseconds), ''],
      ['  cold audit as a multiple of it', times(cold.milliseconds / oxlint.milliseconds), '≤ 7×'],
      ['ESLint, TypeScript parser, no-await-in-loop', ms(eslint.milliseconds), ''],
      ['  as a multiple of the cold audit', times(eslint.milliseconds / cold.milliseconds), '≥ 10×'],
      ['warm audit (facts in memory)', ms(secondAudit), ''],
      ['  as a multiple of the floor', times(secondAudit / floor.milliseconds), '≤ 3×'],
      ['twice the files, as a multiple of the time', times(growth), '≤ 2.2×'],
      ['peak memory: audit', `${cold.peakMegabytes.toFixed(0)} MB`, '≤ 200 MB'],
      ['peak memory: oxlint', `${oxlint.peakMegabytes.toFixed(0)} MB`, ''],
      ['peak memory: ESLint', `${eslint.peakMegabytes.toFixed(0)} MB`, ''],
      ...typing.map(
        ({ kilobytes, edits, p50, p90, p99 }, index): Row => [
          `keystroke in ${kilobytes.toFixed(0)} KB, ${edits} edits: p50 / p90 / p99`,
          [p50, p90, p99]
            .map((value) => value.toFixed(1))
            .join(' / ')
            .concat(' ms'),
          index < 2 ? 'p90 ≤ 2, p99 ≤ 5 ms' : '',
        ],
      ),
      [
        `a new export in ${exporting.kilobytes.toFixed(0)} KB: p50 / p90 / p99`,
        [exporting.p50, exporting.p90, exporting.p99]
          .map((value) => value.toFixed(1))
          .join(' / ')
          .concat(' ms'),
        '≤ 20 ms',
      ],
    ];
    printTable([`what (medians of ${rounds} runs)`, 'measured', 'target'], rows);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
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
