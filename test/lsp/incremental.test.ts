import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '../../server/core/analyze';
import { makeConfig } from '../../server/core/config';
import { createSources } from '../../server/core/fixes/createSources';
import { createProject, type Project } from '../../server/core/model/project';
import { rules } from '../../server/core/rules';
import type { Finding } from '../../server/core/rules/rule';
import type { DocumentFacts } from '../../server/core/syntax/documentFacts';
import { applyEdits } from '../../server/core/text/textEdit';
import { OpenFacts } from '../../server/lsp/openFacts';
import { trackedKind } from '../../server/workspace/trackedFiles';
import { LspClient } from '../support/lspClient';
import { randomEdits } from '../support/randomEdits';
import { rememberByText } from '../support/rememberByText';

const demo = resolve(__dirname, '../workspace');
const SEED = 20260;
/** `PERF_HINTS_EDITS=5`: that many times as many. */
const EDITS_PER_FILE = 8 * Number(process.env.PERF_HINTS_EDITS ?? 1);

const files = readdirSync(demo, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(demo.length + 1))
  .filter((file) => ['source', 'schema'].includes(trackedKind(file) ?? ''))
  .sort();
const texts = new Map(files.map((file) => [file, readFileSync(join(demo, file), 'utf8')]));

const factsAfresh = rememberByText((file, text) => new OpenFacts().read(file, text));

function projectOf(contents: ReadonlyMap<string, string>): Project {
  const documents = new Map<string, DocumentFacts>();
  for (const [file, text] of contents) {
    const facts = factsAfresh(file, text);
    if (facts) documents.set(file, facts);
  }
  return createProject(documents);
}

function findingsOf(project: Project, file?: string): readonly Finding[] {
  const onRuleError = (rule: string, error: unknown) => {
    throw new Error(`${rule} threw`, { cause: error });
  };
  return analyze({ project, config: makeConfig(), rules, onRuleError, ...(file ? { files: [file] } : {}) }).findings;
}

/** Findings as data. */
function plain(findings: readonly Finding[]): unknown {
  return findings.map(({ fixes: _, ...finding }) => finding);
}

describe('random edits of the demo', () => {
  it('has files to edit', () => assert(files.length > 10));

  const project = projectOf(texts);
  for (const [index, file] of files.entries()) {
    it(`${file}: say the same incrementally as afresh, and never throw`, () => {
      const open = new OpenFacts();
      let incremental = project;
      for (const [step, { result }] of [
        ...randomEdits(texts.get(file) ?? '', SEED + index, EDITS_PER_FILE),
      ].entries()) {
        const facts = open.read(file, result);
        assert.deepEqual(facts, factsAfresh(file, result), `facts after edit ${step}`);
        incremental = incremental.with(new Map([[file, facts]]));
        const found = findingsOf(incremental, file);
        if (step % 5 !== 0) continue;
        const contents = new Map([...texts, [file, result]]);
        const fresh = projectOf(contents);
        assert.deepEqual(plain(found), plain(findingsOf(fresh, file)), `findings after edit ${step}`);
        const other = files[(index + step) % files.length] ?? file;
        assert.deepEqual(plain(findingsOf(incremental, other)), plain(findingsOf(fresh, other)), `those of ${other}`);
        const sources = createSources((name) => contents.get(name));
        for (const fix of found.flatMap((finding) => finding.fixes(sources))) {
          for (const { file: edited, edits } of fix.edits) applyEdits(contents.get(edited) ?? '', edits);
        }
      }
    });
  }
});

describe('random edits over the protocol', () => {
  it('leave a server that says the same as one that never saw them', async () => {
    const edited = files.filter((_, index) => index % 6 === 0);
    const client = await LspClient.startLoaded({ folders: [demo] });
    for (const [index, file] of edited.entries()) {
      const uri = await client.open(join(demo, file));
      for (const { start, end, text } of randomEdits(client.text(uri), SEED * 2 + index, 15)) {
        await client.change(uri, [{ start, end, text }]);
        await client.diagnostics(uri);
      }
      const incremental = await client.diagnostics(uri);
      await client.actions(uri, { start: { line: 0, character: 0 }, end: { line: 9_999, character: 0 } });
      const text = client.text(uri);
      await client.close(uri);
      await client.open(join(demo, file), text);
      assert.deepEqual(await client.diagnostics(uri), incremental, file);
      await client.close(uri);
    }
    assert.deepEqual(
      client.logged.filter((message) => message.includes('internal error')),
      [],
    );
  });
});
