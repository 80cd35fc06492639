import type { DocumentFacts } from '../../syntax/documentFacts';
import type { PrismaFacts, SettingsFact } from '../../syntax/prisma/facts';
import { folderOf, foldersUp, resolvePath } from '../modules/paths';
import { listItems, namedArgument, stringValue } from './attributes';
import { buildModels } from './buildModels';
import { addMigrations } from './migrations';
import type { Schema } from './schema';
import { groupSchemaFiles, type SchemaFiles } from './schemaFiles';

/** Returns the schemas that the `.prisma` documents make, with the indexes of their migrations, in the order of their files. */
export function joinSchemas(documents: ReadonlyMap<string, DocumentFacts>): Schema[] {
  const groups = groupSchemaFiles(documents);
  const folders = new Set(groups.map((group) => group.folder));
  return groups.map((group) => addMigrations(joinSchema(group, documents), documents, folders));
}

function joinSchema(group: SchemaFiles, documents: ReadonlyMap<string, DocumentFacts>): Schema {
  const facts = [...group.files.values()];
  const datasource = facts.flatMap((file) => file.datasources).at(0);
  const provider = setting(datasource, 'provider');
  const extensions = extensionsOf(datasource);
  return {
    files: [...group.files.keys()],
    folder: group.folder,
    packageFolder: packageFolderOf(group.folder, documents),
    ...(provider !== undefined && { provider }),
    relationMode: relationModeOf(datasource, provider),
    previewFeatures: new Set(facts.flatMap(({ generators }) => generators.flatMap(previewFeaturesOf))),
    ...(extensions && { extensions }),
    outputs: clientOutputs(group.files),
    models: buildModels(group.files),
    enums: new Map(facts.flatMap((file) => file.enums).map((one) => [one.name, one.values])),
  };
}

function relationModeOf(datasource: SettingsFact | undefined, provider: string | undefined): Schema['relationMode'] {
  const written = setting(datasource, 'relationMode') ?? setting(datasource, 'referentialIntegrity');
  return written === 'prisma' || provider === 'mongodb' ? 'prisma' : 'foreignKeys';
}

function previewFeaturesOf(generator: SettingsFact): string[] {
  const value = generator.settings.find(({ name }) => name === 'previewFeatures')?.value;
  return listItems(value).flatMap((item) => stringValue(item) ?? []);
}

/** `extensions = [citext, trigrams(map: "pg_trgm")]`, in the database's names. */
function extensionsOf(datasource: SettingsFact | undefined): string[] | undefined {
  const value = datasource?.settings.find(({ name }) => name === 'extensions')?.value;
  if (!value) return undefined;
  return listItems(value).flatMap((item) =>
    item.kind === 'name' ? (stringValue(namedArgument(item.arguments, 'map')) ?? item.value) : [],
  );
}

function clientOutputs(files: ReadonlyMap<string, PrismaFacts>): string[] {
  const outputs: string[] = [];
  for (const [file, { generators }] of files) {
    for (const generator of generators) {
      const output = setting(generator, 'output');
      const makesClient = setting(generator, 'provider')?.startsWith('prisma-client') ?? false;
      if (makesClient && output !== undefined) outputs.push(resolvePath(folderOf(file), output));
    }
  }
  return outputs;
}

function packageFolderOf(folder: string, documents: ReadonlyMap<string, DocumentFacts>): string {
  for (const above of foldersUp(folder)) {
    if (documents.get(resolvePath(above, 'package.json'))?.kind === 'package') return above;
  }
  return '';
}

function setting(block: SettingsFact | undefined, name: string): string | undefined {
  return stringValue(block?.settings.find((one) => one.name === name)?.value);
}
