import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '../../server/core/analyze';
import { defaultConfig } from '../../server/core/config';
import { costOf } from '../../server/core/model/calls/cost';
import { createProject, type Project } from '../../server/core/model/project';
import { rules } from '../../server/core/rules';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { readFacts } from '../../server/core/syntax/readFacts';
import { rememberByText } from '../support/rememberByText';
import { workspaceEdits } from '../support/workspaceEdits';

const demo = resolve(__dirname, '../workspace');
const texts = new Map(
  readdirSync(demo, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(demo.length + 1))
    .sort()
    .map((file) => [file, readFileSync(join(demo, file), 'utf8')]),
);

const factsOf = rememberByText(readFacts);

function documentsOf(contents: ReadonlyMap<string, string | undefined>): Map<string, DocumentFacts | undefined> {
  return new Map([...contents].map(([file, text]) => [file, text === undefined ? undefined : factsOf(file, text)]));
}

function afresh(contents: ReadonlyMap<string, string>): Project {
  const known = [...documentsOf(contents)].flatMap(([file, facts]): [string, DocumentFacts][] =>
    facts ? [[file, facts]] : [],
  );
  return createProject(new Map(known));
}

/** All that is found, and what every function costs. */
function said(project: Project): unknown {
  const { findings } = analyze({ project, config: defaultConfig, rules });
  const costs = [...project.documents].flatMap(([file, facts]) =>
    facts.kind === 'typescript'
      ? facts.functions.map((_, index) => [file, costOf(project, { file, function: index })])
      : [],
  );
  return { findings: findings.map(({ fixes: _, ...finding }) => finding), costs };
}

/** `PERF_HINTS_EDITS=5`: that many times as many. */
const CHANGES = 20 * Number(process.env.PERF_HINTS_EDITS ?? 1);

describe('a workspace that changes', () => {
  for (const seed of [1, 2, 3]) {
    it(`says the same as one that is read afresh: files come, go and move, exports and schema change (seed ${seed})`, () => {
      const contents = new Map(texts);
      let project = afresh(contents);
      let step = 0;
      for (const change of workspaceEdits(texts, seed, CHANGES)) {
        for (const [file, text] of change) {
          if (text === undefined) contents.delete(file);
          else contents.set(file, text);
        }
        project = project.with(documentsOf(change));
        // Asking in between is what an editor does: what was answered then must not be kept too long.
        if (step++ % 2 === 0) said(project);
        else assert.deepEqual(said(project), said(afresh(contents)), `after change ${step} of ${[...change.keys()]}`);
      }
      assert(step > CHANGES / 2);
    });
  }
});
