/** File name → text: the `.prisma` files of one schema. */
export type SchemaTexts = ReadonlyMap<string, string>;

/** Prisma's own parser as a judge of schemas. It never throws: where it crashes, it has no opinion. */
export interface SchemaOracle {
  /** The messages of the errors in a schema, without places; none where the oracle crashes. */
  errors(schema: SchemaTexts): readonly string[];
  /** The texts as `prisma format` writes them; the same texts where the oracle crashes. */
  format(schema: SchemaTexts): SchemaTexts;
  /** True unless `after` has an error that `before` had not, or is badly formatted where `before` was well. */
  isNoWorse(before: SchemaTexts, after: SchemaTexts): boolean;
}

type Engine = Pick<typeof import('@prisma/prisma-schema-wasm'), 'lint' | 'format'>;

let loading: Promise<SchemaOracle> | undefined;

/** Returns the oracle, which is loaded (3 MB) when first asked for; one without opinions where that fails. */
export function loadSchemaOracle(): Promise<SchemaOracle> {
  loading ??= import('@prisma/prisma-schema-wasm').then(createSchemaOracle, () => createSchemaOracle(undefined));
  return loading;
}

/** Makes an oracle of an engine; without one it finds nothing wrong. */
export function createSchemaOracle(engine: Engine | undefined): SchemaOracle {
  const oracle: SchemaOracle = {
    errors(schema) {
      const answer = ask(() => engine?.lint(JSON.stringify([...schema])));
      return isLintAnswer(answer) ? answer.filter((one) => !one.is_warning).map((one) => one.text) : [];
    },
    format(schema) {
      const answer = ask(() => engine?.format(JSON.stringify([...schema]), FORMAT_REQUEST));
      return isFormatAnswer(answer) ? new Map(answer) : schema;
    },
    isNoWorse(before, after) {
      const known = [...oracle.errors(before)];
      for (const error of oracle.errors(after)) {
        const position = known.indexOf(error);
        if (position < 0) return false;
        known.splice(position, 1);
      }
      const changed = [...after.keys()].filter((file) => after.get(file) !== before.get(file));
      const isTidy = (schema: SchemaTexts) => {
        const formatted = oracle.format(schema);
        return changed.every((file) => sameLines(formatted.get(file), schema.get(file)));
      };
      return changed.length === 0 || !isTidy(before) || isTidy(after);
    },
  };
  return oracle;
}

/** Only the options count; the engine wants a document to be named all the same. */
const FORMAT_REQUEST = JSON.stringify({
  textDocument: { uri: 'file:/schema.prisma' },
  options: { tabSize: 2, insertSpaces: true },
});

/** A crash of the engine is an answer too: it does not know. */
function ask(question: () => string | undefined): unknown {
  try {
    return JSON.parse(question() ?? 'null');
  } catch {
    return undefined;
  }
}

function isLintAnswer(answer: unknown): answer is { readonly text: string; readonly is_warning: boolean }[] {
  return Array.isArray(answer) && answer.every((one) => typeof one?.text === 'string');
}

function isFormatAnswer(answer: unknown): answer is [string, string][] {
  return Array.isArray(answer) && answer.every((one) => Array.isArray(one) && typeof one[1] === 'string');
}

/** The formatter writes `\n` everywhere, and one at the end. */
function sameLines(a: string | undefined, b: string | undefined): boolean {
  return a?.replaceAll('\r\n', '\n').trimEnd() === b?.replaceAll('\r\n', '\n').trimEnd();
}
