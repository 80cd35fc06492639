/** `npm run prove:indexes -- FOLDER [ROWS]`: does PostgreSQL go by the indexes that Perf Hints proposes for an application? */
import { resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { defaultConfig } from '../../server/core/config';
import { loadProject } from '../../server/workspace/loadProject';
import { proposedIndexes } from './proposedIndexes';
import { proveIndex } from './proveIndex';

async function main(folder: string, rows: number): Promise<void> {
  const { project, readText } = await loadProject(resolve(folder), { config: defaultConfig });
  const db = await PGlite.create();
  const counts = new Map<string, { used: number; all: number }>();
  for (const proposed of proposedIndexes(project, readText)) {
    const { finding, model, index } = proposed;
    const proofs = await proveIndex(db, proposed, rows);
    const used = proofs.some((proof) => proof.used);
    const count = counts.get(finding.rule) ?? { used: 0, all: 0 };
    counts.set(finding.rule, { used: count.used + Number(used), all: count.all + 1 });
    const columns = index.fields.map(({ name, sort }) => (sort === 'Desc' ? `${name} DESC` : name));
    console.log(`${used ? 'used  ' : 'UNUSED'} ${finding.rule} ${model.name}(${columns.join(', ')})`);
    for (const { sql, from, used: byIt, before, after } of proofs) {
      const cost = `cost ${before.cost.toFixed(0)} -> ${after.cost.toFixed(0)}`;
      const time = `${before.milliseconds.toFixed(2)} -> ${after.milliseconds.toFixed(2)} ms`;
      console.log(`  ${byIt ? '' : 'NOT BY IT: '}${cost}, ${time}: ${from}: ${sql}`);
    }
  }
  for (const [rule, { used, all }] of counts) console.log(`${rule}: ${used} of ${all} proposed indexes are used`);
  await db.close();
}

const [folder = 'test/workspace', rows = '20000'] = process.argv.slice(2);
void main(folder, Number(rows));
