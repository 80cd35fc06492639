import { useUpsert } from '../fixes/upsert';
import { enumeration } from '../fixes/words';
import { readUpsertable, type Upsertable } from '../model/queries/upsertable';
import { propertiesOf } from '../model/queries/whereShape';
import { defineRule } from './rule';

interface Data {
  readonly model: string;
  readonly fields: readonly string[];
  /** The schema keeps two rows from having the same values there. */
  readonly isUnique: boolean;
  /** Not all that is written can be seen. */
  readonly isHidden: boolean;
}

/** A row that is looked up only to be updated if it is there, and created if not. */
export const findBeforeWrite = defineRule<Data>({
  id: 'find-before-write',
  title: 'A find that only decides between update and create',
  category: 'round-trips',
  severity: 'warning',
  fix: 'suggestion',
  runtimeOnly: true,

  check({ scope, report }) {
    for (const query of scope.queries()) {
      if (!query.call.eitherWrite) continue;
      const upsertable = readUpsertable(query, scope.project);
      if (!upsertable || (!upsertable.isUnique && !couldBeUnique(upsertable))) continue;
      const { find, update, create, model, fields, isUnique, isHidden } = upsertable;
      report({
        at: { file: find.file, range: find.call.callee },
        severity: isUnique ? 'warning' : 'information',
        data: { model: model.accessor, fields, isUnique, isHidden },
        related: [
          { file: find.file, range: update.call.callee, message: 'what runs if there is a row' },
          { file: find.file, range: create.call.callee, message: 'what runs if there is none' },
        ],
        fixes: (sources) => [useUpsert(upsertable, sources)],
      });
    }
  },

  message({ model, fields, isUnique, isHidden }) {
    const names = enumeration(fields.map((field) => `\`${field}\``));
    const cost = `\`${model}\` is looked up by ${names} only to be updated or created: two round trips`;
    const race = 'two requests at the same time can both find nothing';
    if (!isUnique) {
      const constraint = fields.length === 1 ? '`@unique`' : `\`@@unique([${fields.join(', ')}])\``;
      return `${cost}, and ${race} and create it twice. With ${constraint} in the schema, one \`upsert\` does both.`;
    }
    const doubt = isHidden ? ' It is one statement as long as the values write to no other model.' : '';
    return `${cost} where one would do, and ${race}. Use one \`upsert\`.${doubt}`;
  },
});

/** What is looked for is different each time, and the newest of several is not what is meant. */
function couldBeUnique({ find: { call, args } }: Upsertable): boolean {
  const isLookup = args !== undefined && propertiesOf(args).every(({ key }) => LOOKUP.has(key));
  return isLookup && call.eitherWrite?.keys.some(({ fixed }) => fixed) !== true;
}

const LOOKUP: ReadonlySet<string> = new Set(['where', 'select', 'include', 'omit']);
