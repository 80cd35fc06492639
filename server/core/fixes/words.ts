/** `category` → `categories`, `address` → `addresses`, `order` → `orders`, `metadata` → `metadataRows`; a plural stays. */
export function plural(word: string): string {
  if (/(data|info|media|news)$/i.test(word)) return `${word}Rows`;
  if (/(s|x|z|ch|sh)$/.test(word)) return /[^s]s$/.test(word) && !/(us|is)$/.test(word) ? word : `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** `categories` → `category`, `users` → `user`; undefined for a word that is no regular plural. */
export function singular(word: string): string | undefined {
  if (word.endsWith('Rows')) return 'row';
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ss|us|is)$/.test(word)) return undefined;
  if (/(x|z|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return /s$/.test(word) ? word.slice(0, -1) : undefined;
}

/** Names that say nothing of what the rows are, or say it as an answer. */
const NAMELESS =
  /^(?:rows?|data|results?|res|list|items?|records?|all|found|docs?|entries|existing|response|(?:is|has|are|any)[A-Z].*)$/;
/** The last word is not what the rows are: `bookingsForOthers`. */
const QUALIFIED = /[a-z](?:For|Of|In|By|With|From|To|On|At)[A-Z]/;

/** A name for how many there are: `activeUsers` → `activeUserCount`; of `rows`, by the model's accessor. */
export function countName(rows: string, accessor: string): string {
  return `${QUALIFIED.test(rows) ? rows : oneOf(rows, accessor)}Count`;
}

/** A name for one of them: `activeUsers` → `activeUser`; of `rows`, the model's accessor. */
export function oneOf(rows: string, accessor: string): string {
  const says = NAMELESS.test(rows) || QUALIFIED.test(rows) ? accessor : rows;
  return singular(says) ?? says;
}

/** `authorId` → `AuthorId`. */
export function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `a`, `a and b`, `a, b and c`; of more than three the first three, and how many more. */
export function enumeration(words: readonly string[]): string {
  if (words.length > 3) return `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`;
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ');
}

const RESERVED: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public
  return static super switch this throw true try typeof undefined var void while with yield`.split(/\s+/),
);

/** True for a word that can't name a variable: a model `Case` has the accessor `case`. */
export function isReserved(word: string): boolean {
  return RESERVED.has(word);
}
