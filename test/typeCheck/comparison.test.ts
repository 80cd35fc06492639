import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Comparison, compareRuns } from '../../server/typeCheck/comparison';
import { comparisonText } from '../../server/typeCheck/comparisonText';
import type { TypeCheckRun } from '../../server/typeCheck/run';
import { MIB, runOf, runsOf, warm } from '../support/typeCheckRuns';

function compared(runs: readonly TypeCheckRun[], chosen = {}): Comparison {
  const comparison = compareRuns('tsconfig.json', runs, chosen);
  assert.ok(comparison);
  return comparison;
}

/** Which of the runs are set beside each other. */
function chosenOf(runs: readonly TypeCheckRun[], chosen = {}): readonly number[] {
  const { before, after } = compared(runs, chosen);
  return [before ? runs.indexOf(before) : -1, runs.indexOf(after)];
}

function lineOf(runs: readonly TypeCheckRun[], wanted: string) {
  return compared(runs).rows.find(({ label }) => label === wanted);
}

describe('the runs that are compared', () => {
  it('are the first cold one and the last', () => {
    assert.deepEqual(chosenOf(runsOf(warm, {}, {}, warm, warm)), [1, 4]);
  });

  it('are the first at all and the last where none was cold', () => {
    assert.deepEqual(chosenOf(runsOf(warm, warm, { ...warm, start: 'edited' })), [0, 2]);
  });

  it('are none that was stopped, could not begin, or wrote a trace; one that ran out of memory tells much', () => {
    const unfit = [{ outcome: 'stopped' }, { outcome: 'failed' }, { isTraced: true }] as const;
    assert.deepEqual(chosenOf(runsOf(...unfit, {}, warm, ...unfit)), [3, 4]);
    assert.deepEqual(chosenOf(runsOf({ outcome: 'out-of-memory' }, warm)), [0, 1]);
  });

  it('can be named by when they began', () => {
    const runs = runsOf({}, warm, warm);
    const chosen = { before: runs[1]?.startedAt, after: runs[0]?.startedAt };
    assert.deepEqual(chosenOf(runs, chosen), [1, 0]);
    assert.deepEqual(chosenOf(runs, { before: 'long ago' }), [0, 2]);
  });

  it('may be only one, or none', () => {
    assert.deepEqual(chosenOf([runOf()]), [-1, 0]);
    assert.deepEqual(chosenOf([runOf({ outcome: 'stopped' })]), [-1, 0]);
    assert.equal(compareRuns('tsconfig.json', []), undefined);
  });
});

describe('a comparison', () => {
  it('says what changed: how much, by how many percent, how many times', () => {
    assert.equal(
      comparisonText(compared(runsOf({}, warm))),
      `tsconfig.json
                 Before            After             Change
  Time           8.0 s             2.0 s             −6.0 s, −75% (4.0× as fast)
  Peak memory    800 MB            400 MB            −400 MB, −50% (2.0× less)
  Result         clean             clean
  Build cache    none              own, warm
  Files          1,204             1,204             0
  Lines          96,000            96,000            0
  Check time     5.0 s             5.0 s             0 ms
  TypeScript     6.0.3             6.0.3
  Started (UTC)  2030-01-01 10:00  2030-01-01 10:01
`,
    );
  });

  it('calls better or worse what is beyond the noise of a measurement', () => {
    const verdict = (wallMs: number) => lineOf(runsOf({}, { wallMs }), 'Time')?.verdict;
    assert.deepEqual([7700, 8300, 7000, 9000].map(verdict), [undefined, undefined, 'better', 'worse']);
    assert.equal(lineOf(runsOf({}, { program: { files: 2408 } }), 'Files')?.verdict, undefined);
  });

  it('says of what is next to nothing no more than that', () => {
    const change = lineOf(runsOf({}, { program: { checkMs: 2 } }), 'Check time')?.change;
    assert.equal(change, '−5.0 s, −100% (over 100× as fast)');
    const back = lineOf(runsOf({ program: { checkMs: 2 } }, {}), 'Check time')?.change;
    assert.equal(back, '+5.0 s, +249,900% (over 100× as long)');
  });

  it('does without figures that one of the two, or both, did not tell', () => {
    const { peakBytes, ...unmeasured } = runOf({ program: {} });
    assert.ok(peakBytes);
    const runs = [unmeasured, ...runsOf(warm)];
    assert.deepEqual(lineOf(runs, 'Peak memory'), { label: 'Peak memory', after: '400 MB' });
    assert.deepEqual(lineOf(runs, 'Check time'), { label: 'Check time', after: '5.0 s' });
    assert.equal(lineOf([unmeasured, unmeasured], 'Check time'), undefined);
    assert.match(comparisonText(compared(runs)), /Peak memory {4}– +400 MB\n/);
  });

  it('shows what the compiler was given where something was', () => {
    const settings = { configHash: 'a', heapMb: 8192, skipLibCheck: false };
    const runs = runsOf({ settings }, { ...warm, settings: { ...settings, checkers: 2, skipLibCheck: true } });
    assert.deepEqual(lineOf(runs, 'Heap'), { label: 'Heap', before: '8,192 MB', after: '8,192 MB' });
    assert.deepEqual(lineOf(runs, 'Checkers'), { label: 'Checkers', after: '2' });
    assert.deepEqual(lineOf(runs, 'skipLibCheck'), { label: 'skipLibCheck', before: 'off', after: 'on' });
  });

  it('names the build cache that a run had: none, ours, the project’s', () => {
    const cacheOf = (parts: Partial<TypeCheckRun>) => lineOf([runOf(parts)], 'Build cache')?.after;
    const configHash = 'a';
    const incrementalInConfig = true;
    assert.equal(cacheOf({}), 'none');
    assert.equal(cacheOf({ ...warm, start: 'cold' }), 'own, empty');
    assert.equal(
      cacheOf({ ...warm, settings: { configHash, incrementalInConfig, buildCache: 'project' } }),
      'the project’s, warm',
    );
    // Beside the project's own, to compare with an empty one.
    assert.equal(cacheOf({ ...warm, settings: { configHash, incrementalInConfig, buildCache: 'ours' } }), 'own, warm');
    // Nowhere to keep one.
    assert.equal(cacheOf({ ...warm, start: 'cold', settings: { configHash, buildCache: 'none' } }), 'none');
    // Of a release that did not tell.
    assert.equal(
      cacheOf({ ...warm, start: 'edited', settings: { configHash, incrementalInConfig } }),
      'the project’s, warm, some files edited',
    );
  });
});

describe('a comparison warns', () => {
  const warnings = (...runs: readonly Partial<TypeCheckRun>[]) => compared(runsOf(...runs)).warnings;

  it('of nothing where the same was checked', () => {
    assert.deepEqual(warnings({}, warm), []);
    assert.deepEqual(warnings({ outcome: 'errors', errors: 3 }, { ...warm, outcome: 'errors', errors: 3 }), []);
  });

  it('of another TypeScript, another configuration, a program that grew or shrank', () => {
    assert.deepEqual(warnings({}, { compilerVersion: '7.0.2', settings: { configHash: 'b' } }), [
      'TypeScript differs: 6.0.3 before, 7.0.2 after.',
      'The configuration changed between the two runs.',
    ]);
    assert.deepEqual(warnings({}, { program: { files: 700 } }), ['The program shrank from 1,204 to 700 files.']);
    assert.deepEqual(warnings({}, { program: { files: 1250 } }), []);
  });

  it('of another number of errors', () => {
    assert.deepEqual(warnings({ outcome: 'errors', errors: 1 }, warm), [
      'Before reported 1 error, after 0: the two did not check the same code.',
    ]);
  });

  it('of a run without an end, and then does not compare its time', () => {
    const died = { outcome: 'out-of-memory', peakBytes: 4096 * MIB } as const;
    assert.deepEqual(warnings(died, warm), [
      'Before ran out of memory: a whole check takes longer and needs more than it shows.',
    ]);
    assert.equal(lineOf(runsOf(died, warm), 'Time')?.change, undefined);
    assert.equal(lineOf(runsOf(died, warm), 'Peak memory')?.change, '−3.6 GB, −90% (10× less)');
    assert.equal(lineOf(runsOf(died, warm), 'Result')?.before, 'out of memory');
  });

  it('of a run that was stopped, failed, or wrote a trace, if it is chosen, and then compares no figures of it', () => {
    const why = (parts: Partial<TypeCheckRun>): readonly string[] => {
      const runs = runsOf({}, parts);
      const { rows, warnings: told } = compared(runs, { before: runs[0]?.startedAt, after: runs[1]?.startedAt });
      assert.deepEqual(rows.find(({ label }) => label === 'Peak memory')?.change, undefined);
      return told;
    };
    assert.deepEqual(why({ outcome: 'stopped' }), ['After was stopped: its figures are those until then.']);
    assert.deepEqual(why({ outcome: 'failed', problem: 'TS18003: No inputs were found' }), [
      'After failed (TS18003: No inputs were found): its figures are not those of a check.',
    ]);
    assert.deepEqual(why({ isTraced: true }), ['After was traced: that takes longer.']);
  });
});
