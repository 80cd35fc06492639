/**
 * What a file must mention to hold a query, a client, or a way to one. Every expression is linear in
 * the length of the text: no nested repetition, no `.*` before an alternative.
 */
const QUERIES =
  /\b(?:find(?:Many|Unique|First)(?:OrThrow)?|(?:create|update)Many(?:AndReturn)?|deleteMany|aggregateRaw|findRaw)\b|\$(?:queryRaw|executeRaw|transaction|extends)/;
/** Names that other libraries have too: only behind two members, `prisma.user.create(`. */
const SHORT_OPERATIONS =
  /[\w$)\]]\s*[?!]?\.\s*[\w$]+\s*[?!]?\.\s*(?:create|update|delete|count|upsert|groupBy|aggregate)\s*\(/;
/** `const users = prisma.user;`: the operations that follow stand behind one member. */
const DELEGATES = /\b(?:prisma\w*|db|tx)\.\w+\s*[;,)\n]/i;
const CLIENTS = /PrismaClient|TransactionClient|\bexport\b[^;\n]*\b(?:prisma|db)\b/i;
const NETWORK = /await\s+(?:fetch|axios|got|ky|ofetch|\$fetch|undici)\b/;
const REEXPORT = /^\s*export\s*(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b/m;
/** Larger files that export from others do so beside code of their own, which the other tests judge. */
const MAX_BARREL_LENGTH = 8_000;

/** True if a TypeScript file can hold a finding or lead to one; a file that fails needs no parsing. */
export function isWorthParsing(text: string): boolean {
  return (
    CLIENTS.test(text) ||
    QUERIES.test(text) ||
    SHORT_OPERATIONS.test(text) ||
    DELEGATES.test(text) ||
    NETWORK.test(text) ||
    text.includes('perf-hints-ignore') ||
    (text.length <= MAX_BARREL_LENGTH && REEXPORT.test(text))
  );
}
