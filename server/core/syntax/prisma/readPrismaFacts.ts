import { findDirectives } from '../directives';
import { readBlockHead } from './blockHead';
import { CommentsAbove } from './comments';
import type { EnumFact, ModelFact, PrismaFacts, SettingsFact } from './facts';
import { readEnum, readModel, readSettings } from './readBlock';
import { Scanner } from './scanner';

/**
 * Returns what a `.prisma` file declares, in UTF-16 offsets of `text`. Half-written text gives fewer
 * facts; never throws, and takes time linear in the text.
 */
export function readPrismaFacts(text: string): PrismaFacts {
  const models: ModelFact[] = [];
  const enums: EnumFact[] = [];
  const datasources: SettingsFact[] = [];
  const generators: SettingsFact[] = [];
  const scanner = new Scanner(text);
  const comments = new CommentsAbove();
  while (scanner.kind !== 'end') {
    if (comments.see(scanner)) continue;
    const head = readBlockHead(scanner);
    if (!head) scanner.next();
    else if (head.keyword === 'enum') enums.push(readEnum(scanner, head));
    else if (head.keyword === 'datasource') datasources.push(readSettings(scanner, head));
    else if (head.keyword === 'generator') generators.push(readSettings(scanner, head));
    else models.push(readModel(scanner, { ...head, keyword: head.keyword }, comments.take()));
    comments.take();
  }
  return { kind: 'prisma', models, enums, datasources, generators, directives: findDirectives(text) };
}
