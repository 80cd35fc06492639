import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RUNS, writeCase } from './caseFiles';
import { type ProofCase, repair } from './proofCases';
import { AS_BEFORE, type Calls, prove, proveFailures } from './prove';
import { generateShopClient, shopSchema } from './shopClient';
import { openShop } from './shopDatabase';
import { type TypeMistake, typeErrors } from './typeErrors';

/** A case as it lies in the workshop, before and after its fix. */
export interface PreparedCase {
  readonly before: string;
  readonly after: string;
  readonly isSafe: boolean;
  /** The page says so, unless it says {@link AS_BEFORE}. */
  readonly saves: boolean;
}

/** A folder and a database in which fixes are proven. */
export interface Workshop {
  /** Repairs a case and writes both versions. Throws where the rule finds nothing or offers no such fix. */
  prepare(proofCase: ProofCase): Promise<PreparedCase>;
  /** What the compiler says of all that was prepared. */
  typeErrors(): TypeMistake[];
  /** Returns what the fix saves; fails where it changes anything else. */
  prove(prepared: PreparedCase): Promise<string>;
  close(): Promise<void>;
}

/** What the harness needs of the generated client, which exists only once it runs. */
interface GeneratedClient {
  readonly PrismaClient: new (options: object) => { $disconnect(): Promise<void> };
}

/** Opens a workshop in a temporary folder. */
export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-hints-proof-'));
  const client = await generateShopClient(folder);
  const shop = await openShop(await shopSchema());
  const { PrismaClient } = createRequire(import.meta.url)(client) as GeneratedClient;
  const prisma = new PrismaClient({ adapter: shop.meter.factory });
  Object.assign(globalThis, { shop: prisma });
  const written: string[] = [];
  return {
    prepare: async (proofCase) => {
      const { fix, after } = repair(proofCase);
      const own = join(folder, `${proofCase.rule}-${proofCase.line}`);
      const prepared = {
        before: join(own, 'before'),
        after: join(own, 'after'),
        isSafe: fix.kind === 'safe',
        saves: proofCase.claim !== AS_BEFORE,
      };
      written.push(...(await writeCase(prepared.before, proofCase.before, proofCase.runs)));
      written.push(...(await writeCase(prepared.after, after, proofCase.runs)));
      return prepared;
    },
    typeErrors: () => typeErrors(written),
    prove: async ({ before, after, isSafe, saves }) => {
      const [was, is] = [await callsIn(before), await callsIn(after)];
      const saved = await prove(shop, was, is, saves);
      if (isSafe) await proveFailures(shop, was, is);
      return saved;
    },
    close: async () => {
      await prisma.$disconnect();
      await shop.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function callsIn(folder: string): Promise<Calls> {
  const { runs } = (await import(pathToFileURL(join(folder, RUNS)).href)) as { readonly runs: Calls };
  return runs;
}
