import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summaryOf } from '../../server/cli/typeCheckSummary';
import type { TypeCheckRun } from '../../server/typeCheck/run';
import { runSummary, sparkline } from '../../server/typeCheck/runSummary';
import { runOf, warm } from '../support/typeCheckRuns';

describe('a project’s row', () => {
  it('says what the last run took', () => {
    assert.equal(runSummary(runOf(), []), '8.0 s · 800 MB');
    assert.equal(runSummary(runOf({ outcome: 'errors', errors: 3 }), []), '3 errors · 8.0 s · 800 MB');
    const { peakBytes: _, ...unseen } = runOf({ outcome: 'stopped', wallMs: 300 });
    assert.equal(runSummary(unseen, []), 'stopped · 300 ms');
  });

  it('says of one that ran out of memory what it had taken until then', () => {
    assert.equal(runSummary(runOf({ outcome: 'out-of-memory' }), [runOf()]), 'out of memory · 8.0 s · 800 MB');
  });

  it('says in one line why a project can’t be checked', () => {
    const problem = "tsconfig.json(3,5): error TS1005:\n  '}' expected.";
    assert.equal(
      runSummary(runOf({ outcome: 'failed', problem }), [runOf()]),
      "failed: tsconfig.json(3,5): error TS1005: '}' expected.",
    );
    assert.equal(runSummary(runOf({ outcome: 'failed' }), []), 'failed · 8.0 s · 800 MB');
  });

  it('says that a run was traced, for that takes longer', () => {
    assert.equal(runSummary(runOf({ isTraced: true }), [runOf()]), '8.0 s · 800 MB · traced');
  });
});

describe('the change since the run before', () => {
  const told = (run: TypeCheckRun, ...earlier: readonly TypeCheckRun[]) => ({
    row: runSummary(run, earlier),
    line: summaryOf(run, earlier),
  });
  const edited = runOf({ ...warm, start: 'edited', wallMs: 3000 });

  it('is that since the last one that began alike, in the row and on the command line', () => {
    const { row, line } = told(runOf(warm), runOf({ ...warm, wallMs: 4000 }), runOf(), edited);
    assert.equal(row, '2.0 s · 400 MB · −50%');
    assert.equal(line, 'clean in 2.0 s (−50%), peak 400 MB (0%), 1,204 files, warm, TypeScript 6.0.3');
    assert.equal(told(runOf({ wallMs: 10_000 }), runOf(), runOf(warm)).row, '10.0 s · 800 MB · +25%');
  });

  it('is not told where none began alike', () => {
    const { row, line } = told(runOf(warm), runOf(), edited);
    assert.equal(row, '2.0 s · 400 MB');
    assert.equal(line, 'clean in 2.0 s, peak 400 MB, 1,204 files, warm, TypeScript 6.0.3');
  });

  it('takes no account of runs without an end, or of traced ones', () => {
    const unfit = [runOf({ outcome: 'stopped', wallMs: 1 }), runOf({ isTraced: true, wallMs: 20_000 })];
    assert.equal(told(runOf(), runOf({ wallMs: 16_000 }), ...unfit).row, '8.0 s · 800 MB · −50%');
    const traced = told(runOf({ isTraced: true }), runOf());
    assert.equal(traced.row, '8.0 s · 800 MB · traced');
    assert.equal(traced.line, 'clean in 8.0 s, peak 800 MB, 1,204 files, traced, TypeScript 6.0.3');
  });
});

describe('the small chart of the last runs', () => {
  it('shows the last eight whole checks, the longest as the tallest', () => {
    const times = [80_000, 8000, 2000, 4000].map((wallMs) => runOf({ wallMs }));
    assert.equal(sparkline(times), '█▂▁▁');
    assert.equal(sparkline([...times, ...Array.from({ length: 8 }, () => runOf())]), '████████');
  });

  it('leaves out runs that are no measure', () => {
    const unfit = [runOf({ isTraced: true, wallMs: 80_000 }), runOf({ outcome: 'stopped', wallMs: 1 })];
    assert.equal(sparkline([runOf(), ...unfit, runOf({ wallMs: 4000 })]), '█▅');
  });

  it('is nothing where there is nothing to see', () => {
    assert.equal(sparkline([]), '');
    assert.equal(sparkline([runOf()]), '');
  });
});
