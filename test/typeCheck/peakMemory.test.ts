import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findCompiler } from '../../server/typeCheck/compiler';
import { readConfiguration } from '../../server/typeCheck/configuration';
import { invocationOf } from '../../server/typeCheck/invocation';
import { watchMemory } from '../../server/typeCheck/peakMemory';
import { linuxProcesses, portableProcesses } from '../../server/typeCheck/processTree';
import { runCompiler } from '../../server/typeCheck/runCompiler';
import { compiledProject, compilers } from '../support/compiledProject';

const KIB = 1024;
const MIB = KIB * KIB;
const gnuTime = '/usr/bin/time';

/** The system's own figure (bytes) for a command, beside ours for the same run. */
async function bothPeaks(
  command: string,
  args: readonly string[],
  folder: string,
): Promise<[ours: number, its: number]> {
  const signal = new AbortController().signal;
  const runningIn = { currentFolder: folder, onOutput: () => undefined, onComplaint: () => undefined, signal };
  if (existsSync(gnuTime)) {
    const report = join(folder, 'peak.txt');
    const timed = { command: gnuTime, args: ['-f', '%M', '-o', report, command, ...args], environment: process.env };
    const { peakBytes = 0 } = await runCompiler(timed, runningIn);
    return [peakBytes, Number(readFileSync(report, 'utf8').trim().split('\n').at(-1)) * KIB];
  }
  const script = `
    const { pid } = require('node:child_process').spawn(process.argv[1], process.argv.slice(2), { stdio: 'ignore' });
    let highest = 0;
    for (;;) {
      const status = require('node:fs').readFileSync('/proc/' + pid + '/status', 'latin1');
      const found = /VmHWM:\\s*(\\d+)/.exec(status);
      if (!found) break;
      highest = Number(found[1]);
    }
    require('node:fs').writeFileSync('peak.txt', String(highest));
    process.exit();`;
  const { peakBytes = 0 } = await runCompiler({ command, args, environment: process.env }, runningIn);
  const other = spawn(process.execPath, ['-e', script, command, ...args], { cwd: folder, stdio: 'ignore' });
  await once(other, 'close');
  return [peakBytes, Number(readFileSync(join(folder, 'peak.txt'), 'utf8')) * KIB];
}

function assertWithin([ours, its]: readonly [number, number], share: number): void {
  const difference = Math.abs(ours - its) / its;
  const figures = `ours ${Math.round(ours / MIB)} MiB, the system's ${Math.round(its / MIB)} MiB`;
  assert.ok(difference < share, `${figures}: ${Math.round(difference * 100)}% apart`);
}

describe('the peak of the memory that was measured', () => {
  for (const compiler of compilers) {
    for (const modules of [400, 1]) {
      it(`is the system's own within 10%: TypeScript ${compiler.version}, ${modules} files`, async () => {
        const folder = compiledProject(compiler, { modules });
        const tsconfig = join(folder, 'tsconfig.json');
        const found = findCompiler(tsconfig);
        assert.ok('file' in found);
        const { command, args } = invocationOf({
          compiler: found,
          configuration: readConfiguration(tsconfig),
          referred: [],
          mode: 'cold',
          currentFolder: folder,
          pretty: false,
        });
        assertWithin(await bothPeaks(command, args, folder), 0.1);
      });
    }
  }
});

describe('a tree of processes', () => {
  const holding = 'const held = Buffer.alloc(100 * 1024 * 1024, 1); setInterval(() => held, 1000); console.log();';
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', process.argv[1]], { stdio: 'inherit' });
    ${holding}`;
  const startTree = async () => {
    const root = spawn(process.execPath, ['-e', parent, holding], { stdio: ['ignore', 'pipe', 'inherit'] });
    for (let lines = 0; lines < 2; ) lines += String((await once(root.stdout, 'data'))[0]).length;
    const { pid } = root;
    assert.ok(pid);
    return { pid, root };
  };

  it('is the same by the kernel and by the programs of the system, and counts all of it', async () => {
    const { pid, root } = await startTree();
    const [read, asked] = [await linuxProcesses.treeOf(pid), await portableProcesses.treeOf(pid)];
    const watch = watchMemory(pid, linuxProcesses);
    await new Promise((done) => setTimeout(done, 50));
    const peak = watch.end() ?? 0;
    for (const each of read) process.kill(each.pid);
    await once(root, 'exit');
    const held = (tree: typeof read) => tree.reduce((sum, { resident }) => sum + resident, 0);
    assert.deepEqual(asked.map((each) => each.pid).sort(), read.map((each) => each.pid).sort());
    assert.equal(read.length, 2);
    assertWithin([held(asked), held(read)], 0.1);
    assertWithin([peak, held(read)], 0.1);
    assert.ok(peak > 200 * MIB);
    assert.deepEqual([await linuxProcesses.treeOf(pid), await portableProcesses.treeOf(pid)], [[], []]);
  });
});
