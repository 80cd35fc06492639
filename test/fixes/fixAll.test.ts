import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChosenFix } from '../../server/core/fixes/applyFixes';
import { isTypeScriptFile } from '../../server/core/syntax/typescript/parse';
import { type AnalyzedTexts, analyzeTexts, type Texts } from '../support/analyzeTexts';
import { brokenNames } from '../support/brokenNames';
import { applyFix, checkOutcome } from '../support/checkFix';
import { demoTexts } from '../support/demoTexts';
import { applyOnce, checkSound, fixEverything, offeredFixes, onlyWith } from '../support/fixRounds';
import { pageExamples } from '../support/pageExamples';
import { without } from '../support/without';

interface Workspace {
  readonly name: string;
  readonly analysis: AnalyzedTexts;
  readonly offered: readonly ChosenFix[];
  /** What is left when everything is fixed, once for each order; worked out when first asked for. */
  readonly settled: () => readonly Texts[];
}

/** `PERF_HINTS_ORDERS=5`: more of them. */
const ORDERS = Array.from({ length: Number(process.env.PERF_HINTS_ORDERS ?? 2) }, (_, index) => index + 1);

const examples = pageExamples()
  .map(({ page, line, texts }) => workspaceOf(`${page}, line ${line}`, texts))
  .filter(({ offered }) => offered.length > 0);
const workspaces = [...examples, workspaceOf('the demo application', demoTexts())];

describe('every fix of every example', () => {
  for (const { name, analysis, offered } of examples) {
    it(`leaves ${name} sound, without its finding and with no other`, () => {
      for (const { finding, fix } of offered) assert.ok(checkOutcome(analysis, finding, fix));
    });
  }
});

describe('two fixes in one file, at once', () => {
  for (const { name, analysis, offered } of workspaces) {
    it(`do not disturb each other in ${name}`, () => {
      for (const [one, other] of pairsInOneFile(offered)) {
        const texts = applyOnce(analysis, [onlyWith(one), onlyWith(other)]);
        checkSound(analysis, texts);
        const swapped = applyOnce(analysis, [onlyWith(other), onlyWith(one)]);
        const oneWaits =
          sameTexts(texts, applyFix(analysis, one.fix)) && sameTexts(swapped, applyFix(analysis, other.fix));
        assert.ok(oneWaits || sameTexts(texts, swapped), `${one.fix.title}; ${other.fix.title}`);
      }
    });
  }
});

describe('all fixes', () => {
  for (const { name, settled } of workspaces) {
    it(`come to an end in ${name}, in any order, and cause nothing new`, () => {
      assert.equal(settled().length, ORDERS.length);
    });
  }

  it('alone or together say no name twice, too early, or that is not there', () => {
    const originals = new Map<string, string>();
    const scripts = new Map<string, string>();
    const seen = new Set<string>();
    for (const [place, { analysis, offered, settled }] of workspaces.entries()) {
      const outcomes = [...offered.map(({ fix }) => applyFix(analysis, fix)), ...settled()];
      for (const [file, text] of analysis.texts) {
        if (!isTypeScriptFile(file)) continue;
        for (const [index, outcome] of outcomes.entries()) {
          const after = outcome.get(file) ?? '';
          if (after === text || seen.has(`${file}\n${text}\n${after}`)) continue;
          seen.add(`${file}\n${text}\n${after}`);
          scripts.set(`/${place}/before/${file}`, text);
          scripts.set(`/${place}/${index}/${file}`, after);
          originals.set(`/${place}/${index}/${file}`, `/${place}/before/${file}`);
        }
      }
    }
    const errors = brokenNames(scripts);
    for (const [after, before] of originals) {
      assert.deepEqual(without(errors.get(after) ?? [], errors.get(before) ?? []), [], scripts.get(after));
    }
  });
});

function workspaceOf(name: string, texts: Texts): Workspace {
  const analysis = analyzeTexts(texts);
  let outcomes: readonly Texts[] | undefined;
  const settled = () => {
    outcomes ??= ORDERS.map((seed) => fixEverything(analysis, seed));
    return outcomes;
  };
  return { name, analysis, offered: offeredFixes(analysis), settled };
}

/** Fixes of two findings that edit a file both: no other two can get in each other's way. */
function pairsInOneFile(offered: readonly ChosenFix[]): [ChosenFix, ChosenFix][] {
  const filesOf = ({ fix }: ChosenFix) => fix.edits.map(({ file }) => file);
  return offered.flatMap((one, index) =>
    offered
      .slice(index + 1)
      .filter((other) => other.finding !== one.finding && filesOf(other).some((file) => filesOf(one).includes(file)))
      .map((other): [ChosenFix, ChosenFix] => [one, other]),
  );
}

function sameTexts(a: Texts, b: Texts): boolean {
  return a.size === b.size && [...a].every(([file, text]) => b.get(file) === text);
}
