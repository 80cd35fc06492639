import { analyze } from '../../server/core/analyze';
import { defaultConfig } from '../../server/core/config';
import { applyFileEdits } from '../../server/core/fixes/applyFixes';
import { createSources } from '../../server/core/fixes/createSources';
import { readAccesses } from '../../server/core/model/indexPlan/readAccesses';
import type { Project } from '../../server/core/model/project';
import { type ForeignKey, foreignKeysOf } from '../../server/core/model/schemas/foreignKeys';
import type { Index, Model, Schema } from '../../server/core/model/schemas/schema';
import type { Finding, Related } from '../../server/core/rules/rule';
import { unindexedForeignKey } from '../../server/core/rules/unindexedForeignKey';
import { unindexedQuery } from '../../server/core/rules/unindexedQuery';
import { readFacts } from '../../server/core/syntax/readFacts';
import { deletion, lookup, type Statement, statementOf } from './statements';

/** An index that a finding asks for, as its fix writes it. */
export interface ProposedIndex {
  readonly finding: Finding;
  readonly schema: Schema;
  readonly model: Model;
  readonly index: Index;
  /** What it is for, each with the file it is sent from. */
  readonly statements: readonly { readonly from: string; readonly statement: Statement }[];
}

/** Returns the indexes that a project lacks, of its PostgreSQL schemas. */
export function proposedIndexes(project: Project, textOf: (file: string) => string | undefined): ProposedIndex[] {
  const { findings } = analyze({ project, config: defaultConfig, rules: [unindexedForeignKey, unindexedQuery] });
  const sources = createSources(textOf);
  return findings.flatMap((finding): ProposedIndex[] => {
    const schema = project.schemas.find(({ files }) => files.includes(finding.file));
    const [fix] = finding.fixes(sources);
    if (!fix || schema?.provider !== 'postgresql') return [];
    const texts = applyFileEdits(fix.edits, sources);
    const after = project.with(new Map([...texts].map(([file, text]) => [file, readFacts(file, text)])));
    const model = [...schema.models.values()].find(
      ({ file, fact }) =>
        file === finding.file && fact.range.start <= finding.range.start && finding.range.end <= fact.range.end,
    );
    const fixed = model && after.schemas.find(({ folder }) => folder === schema.folder)?.models.get(model.name);
    if (!model || !fixed) return [];
    const index = fixed.indexes.find((one) => !model.indexes.some((other) => isSame(one, other)));
    if (!index) return [];
    const statements = statementsOf(project, finding, model, index);
    return [{ finding, schema, model, index, statements }];
  });
}

function statementsOf(project: Project, finding: Finding, model: Model, index: Index): ProposedIndex['statements'] {
  const key = finding.rule === unindexedForeignKey.id ? keyOf(model, index) : undefined;
  const read = finding.related.flatMap((place) =>
    accessesAt(project, place, model, index).map((access) => ({ from: place.file, statement: statementOf(access) })),
  );
  if (!key) return read;
  const fetched = finding.related.some(({ message }) => message.startsWith('Fetched'));
  const found = fetched ? [...read, { from: 'an include', statement: lookup(model, key) }] : read;
  return found.length > 0 ? found : [{ from: `deleting ${key.parent}`, statement: deletion(model, key) }];
}

function accessesAt(project: Project, { file, range }: Related, model: Model, index: Index) {
  const query = project
    .queriesOf(file)
    .find(({ call }) => call.range.start <= range.start && range.end <= call.range.end);
  const [leading] = index.fields;
  const accesses = query ? readAccesses(query, project.definitions) : [];
  const uses = (names: readonly (string | undefined)[]) => names.includes(leading?.name);
  return accesses.filter(
    (access) =>
      access.model === model && uses([...access.equals.map(({ name }) => name), access.range, access.sort[0]?.name]),
  );
}

function keyOf(model: Model, { fields }: Index): ForeignKey | undefined {
  return foreignKeysOf(model).find(({ scalars }) =>
    fields.slice(0, scalars.length).every(({ name }) => scalars.some((scalar) => scalar.name === name)),
  );
}

function isSame(a: Index, b: Index): boolean {
  return a.kind === b.kind && a.type === b.type && JSON.stringify(a.fields) === JSON.stringify(b.fields);
}
