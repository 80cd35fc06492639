import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { generateClient, getDMMF } from '@prisma/client-generator-js';

const SCHEMA = new URL('./shop/schema.prisma', import.meta.url);

/** What the shop's code imports besides. */
const BESIDE_CLIENT = ['p-limit'];

interface ClientPackage {
  readonly version: string;
  /** What its runtime, which is copied, needs beside itself. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Returns the text of the shop's schema. */
export const shopSchema = (): Promise<string> => readFile(SCHEMA, 'utf8');

/** Generates the shop's Prisma client where code in `folder` finds it as `@prisma/client`. Returns the folder of the client. */
export async function generateShopClient(folder: string): Promise<string> {
  const client = await generateClientOf(await shopSchema(), folder);
  for (const name of BESIDE_CLIENT) {
    const installed = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    await symlink(installed, join(folder, 'node_modules', name), 'junction');
  }
  return client;
}

/** Does for a schema what `prisma generate` does, without an engine to download. Returns the folder of the client. */
export async function generateClientOf(datamodel: string, folder: string): Promise<string> {
  const outputDir = join(folder, 'node_modules/@prisma/client');
  await mkdir(outputDir, { recursive: true });
  const client = createRequire(import.meta.url).resolve('@prisma/client/package.json');
  const { version, dependencies } = JSON.parse(await readFile(client, 'utf8')) as ClientPackage;
  for (const name of Object.keys(dependencies)) {
    const entry = createRequire(client).resolve(name);
    const installed = entry.slice(0, entry.lastIndexOf(normalize(`/${name}/`)) + name.length + 1);
    await symlink(installed, join(folder, 'node_modules', name), 'junction');
  }
  await generateClient({
    datamodel,
    dmmf: await getDMMF({ datamodel }),
    schemaPath: SCHEMA.pathname,
    outputDir,
    runtimeSourcePath: join(dirname(client), 'runtime'),
    generator: {
      name: 'client',
      provider: { value: 'prisma-client-js', fromEnvVar: null },
      output: { value: outputDir, fromEnvVar: null },
      config: {},
      binaryTargets: [],
      previewFeatures: [],
      sourceFilePath: SCHEMA.pathname,
      isCustomOutput: true,
    },
    datasources: [
      {
        name: 'db',
        provider: 'postgresql',
        activeProvider: 'postgresql',
        schemas: [],
        sourceFilePath: SCHEMA.pathname,
      },
    ],
    binaryPaths: {},
    engineVersion: version,
    clientVersion: version,
    activeProvider: 'postgresql',
    compilerBuild: 'fast',
  });
  return outputDir;
}
