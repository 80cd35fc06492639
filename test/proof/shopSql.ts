import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { DiffParams } from '@prisma/schema-engine-wasm';

const ENGINE = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');

/** Node has it, its types only those of a browser. */
const { WebAssembly: wasm } = globalThis as unknown as {
  readonly WebAssembly: {
    instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
  };
};

/**
 * Returns the statements that make the tables of a PostgreSQL schema, as `prisma migrate` would write them for
 * the given database, which is left alone.
 */
export async function tablesSql(schema: string, database: SqlMigrationAwareDriverAdapterFactory): Promise<string> {
  const engine = await loadEngine(database);
  const diff: DiffParams = {
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  };
  const { stdout } = await engine.diff(diff);
  if (!stdout) throw new Error('the schema engine wrote no statements');
  return stdout;
}

/** The engine's own loader needs a bundler that knows WebAssembly; Node does not. */
async function loadEngine(database: SqlMigrationAwareDriverAdapterFactory) {
  const binding = await import(ENGINE);
  const { instance } = await wasm.instantiate(await readFile(ENGINE.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': binding,
  });
  binding.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const bound = bindMigrationAwareSqlAdapterFactory(database);
  return binding.SchemaEngine.new({ datamodels: undefined }, () => undefined, bound);
}
