/** The longest name each database allows, in bytes. */
const NAME_BYTES: Readonly<Record<string, number>> = {
  postgresql: 63,
  postgres: 63,
  cockroachdb: 63,
  mysql: 64,
  sqlserver: 128,
};

/**
 * Returns the name that Prisma gives an index (`idx`) or a unique constraint (`key`) without a name of
 * its own: `{table}_{columns}_{suffix}` in database names, the front cut where the database allows no more.
 */
export function constraintName(
  provider: string | undefined,
  table: string,
  columns: readonly string[],
  suffix: 'idx' | 'key',
): string {
  const ending = `_${suffix}`;
  const limit = NAME_BYTES[provider ?? ''] ?? Number.POSITIVE_INFINITY;
  return beginning([table, ...columns].join('_'), limit - ending.length) + ending;
}

/** As many whole characters as fit into so many bytes of UTF-8. */
function beginning(text: string, bytes: number): string {
  let end = 0;
  let size = 0;
  for (const character of text) {
    size += utf8Size(character.codePointAt(0) ?? 0);
    if (size > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function utf8Size(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
