/**
 * What a file must mention to hold a query, a client, or a way to one. Every expression is linear in
 * the length of the text: no nested repetition, no `.*` before an alternative.
 */
const QUERIES =
  /\b(?:find(?:Many|Unique|First)(?:OrThrow)?|upsert|groupBy|(?:create|update)Many(?:AndReturn)?|deleteMany|aggregate(?:Raw)?|findRaw)\b|\$(?:queryRaw|executeRaw|transaction|extends)/;
const SHORT_OPERATIONS = /[\w\])]\s*\??\.\s*(?:create|update|delete|count)\s*\(/;
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
    NETWORK.test(text) ||
    text.includes('perf-hints-ignore') ||
    (text.length <= MAX_BARREL_LENGTH && REEXPORT.test(text))
  );
}
