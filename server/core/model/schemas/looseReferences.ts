import { findAttribute, positionalArgument, stringValue } from './attributes';
import { wordsOf } from './modelNames';
import type { Field, Model, Schema } from './schema';

/** Tables whose rows outlive what they refer to, or are made from other tables. */
const RECORDS: ReadonlySet<string> = new Set(
  (
    'log logs event events audit audits history histories archive archives archived snapshot snapshots metric metrics ' +
    'stat stats statistic statistics analytics usage tracking trace traces rank ranks cache caches outbox queue queues ' +
    'job jobs import imports backup backups temp tmp old new shadow staging deleted legacy migration migrations ' +
    'partition partitioned activity activities report reports view views visit visits click clicks impression ' +
    'impressions ledger helper attribution attributions invocation invocations'
  ).split(' '),
);
/** Words that other systems use for what they have ids of, too. */
const FOREIGN: ReadonlySet<string> = new Set(
  (
    'account activity calendar campaign channel charge chat contact conversation customer device document email ' +
    'event file folder form group guild invoice item job key label lead leaderboard lesson level list media ' +
    'meeting message module object order page payment plan playlist policy price product profile project record ' +
    'repository request role room run server session space store stream subscription team template thread ticket ' +
    'token topic trace track transaction video webhook workspace'
  ).split(' '),
);
const VENDORS: ReadonlySet<string> = new Set(
  (
    'airtable apple asana aws azure clerk clickup discord dropbox facebook figma github gitlab gmail google hubspot ' +
    'instagram intercom jira linear linkedin meta microsoft notion outlook paddle paypal salesforce shopify slack ' +
    'spotify stripe telegram tiktok trello twilio twitter vercel whatsapp xero youtube zendesk zoom'
  ).split(' '),
);
/** People whom another application knows as its users. */
const PERSONS: ReadonlySet<string> = new Set(
  'contact contacts customer customers person people visitor visitors'.split(' '),
);
/** So many models with a relation to the target, and its name is the application's own. */
const ESTABLISHED = 4;

/** At a field: it holds an id of elsewhere, one of several kinds (a quoted value among them), or one that may dangle. */
const SAYS_LOOSE =
  /extern|loose|soft|scalar|denormali|snapshot|deliberate|intention|purpose|surviv|delet|orphan|histor|legacy|deprecated|clickhouse|cross|another|other (?:db|database|service|system)|provider|third.party|stable|informational|\b(?:no|not|without|un)\b[^\n]{0,60}(?:fk|foreign|relation|constraint|link)|copy|copied|cached|opaque|arbitrary|any |\bor\b|e\.g\.|"/i;
/** Anywhere in the model's comments: its columns go without foreign keys. */
const MODEL_SAYS_LOOSE =
  /\b(?:no|not|without|avoid\w*|drop\w*)\b[^.\n]{0,40}(?:@relation|\bfks?\b|foreign.keys?|relation|constraint)|plain (?:scalar )?columns?|partitioned|append.only/i;

/** True where names or comments show that the field is a reference of its own kind, or none of the database's. */
export function isDeliberatelyLoose(model: Model, field: Field, target: Model, related: number): boolean {
  const { attributes, documentation } = field.fact;
  if (['default', 'ignore'].some((name) => findAttribute(attributes, name))) return true;
  if (findAttribute(model.fact.attributes, 'ignore') || findAttribute(target.fact.attributes, 'ignore')) return true;
  if (databaseSchema(model) !== databaseSchema(target)) return true;
  if (SAYS_LOOSE.test(documentation) || MODEL_SAYS_LOOSE.test(model.fact.documentation)) return true;
  if (model.droppedForeignKeys?.some((dropped) => dropped.length === 1 && dropped[0] === field.name)) return true;
  if (hasKindBeside(model, field)) return true;
  const words = wordsOf(model.name);
  if (words.some((word) => RECORDS.has(word))) return true;
  if (words.some((word) => PERSONS.has(word)) && wordsOf(target.name).some((word) => /^users?$/.test(word)))
    return true;
  if (hasNoActions(model)) return true;
  return related < ESTABLISHED && (words.some((word) => VENDORS.has(word)) || mayBeForeign(field, target));
}

/** A String that is named by one word of everybody's: perhaps an id of another system. */
function mayBeForeign(field: Field, target: Model): boolean {
  const [word = '', ...more] = wordsOf(target.name);
  return field.fact.type === 'String' && more.length === 0 && FOREIGN.has(word.replace(/s$/, ''));
}

/** Relations that are there for queries only: deleting a row leads to nothing. */
function hasNoActions(model: Model): boolean {
  const own = [...model.fields.values()].filter(({ relation }) => relation && relation.fields.length > 0);
  return own.length > 0 && own.every(({ relation }) => relation?.onDelete === 'NoAction');
}

/** `entityType` beside `entityId`: it points now here, now there. */
function hasKindBeside(model: Model, field: Field): boolean {
  const base = field.name.replace(/_?id$/i, '');
  return ['Type', '_type', 'Kind', '_kind', 'Model', '_model'].some((ending) => model.fields.has(base + ending));
}

/** True for a table with several ids of other tables and not one relation that holds a key: it was set apart. */
export function standsAlone(model: Model): boolean {
  const fields = [...model.fields.values()];
  if (fields.some(({ relation }) => relation && relation.fields.length > 0)) return false;
  return fields.filter(({ kind, name }) => kind === 'scalar' && /[a-z0-9](?:Id|ID|_id)$/.test(name)).length > 1;
}

/**
 * True where a relation of the model leads to a row that has the same column with its relation: the column is
 * repeated so that queries need no join. Not for users: the author of a comment is not that of its post.
 */
export function isRepeatedFromParent(schema: Schema, model: Model, field: Field, target: Model): boolean {
  if (/^users?$/i.test(target.name)) return false;
  return [...model.fields.values()].some(({ relation }) => {
    const parent = relation && relation.fields.length > 0 ? schema.models.get(relation.model) : undefined;
    return [...(parent?.fields.values() ?? [])].some(
      ({ relation: upward }) => upward?.model === target.name && upward.fields.includes(field.name),
    );
  });
}

function databaseSchema(model: Model): string | undefined {
  return stringValue(positionalArgument(findAttribute(model.fact.attributes, 'schema')?.arguments ?? []));
}
