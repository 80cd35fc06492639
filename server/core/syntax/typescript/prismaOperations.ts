/** The model operations of Prisma Client that read. */
export const READS: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
  'findRaw',
  'aggregateRaw',
]);

/** The model operations of Prisma Client that write. */
export const WRITES: ReadonlySet<string> = new Set([
  'create',
  'createMany',
  'createManyAndReturn',
  'update',
  'updateMany',
  'updateManyAndReturn',
  'upsert',
  'delete',
  'deleteMany',
]);

/** Raw queries: a round trip of unknown shape. */
export const RAW: ReadonlyMap<string, 'read' | 'write'> = new Map([
  ['$queryRaw', 'read'],
  ['$queryRawUnsafe', 'read'],
  ['$queryRawTyped', 'read'],
  ['$executeRaw', 'write'],
  ['$executeRawUnsafe', 'write'],
]);

/** Operations whose names are Prisma's alone: no array, map or other client has a method called so. */
export const PRISMA_ONLY: ReadonlySet<string> = new Set(
  [...READS, ...WRITES].filter((name) => !['count', 'create', 'update', 'delete', 'aggregate'].includes(name)),
);

/** The keys of a model operation's argument. */
export const ARGUMENT_KEYS: ReadonlySet<string> = new Set([
  'where',
  'data',
  'select',
  'include',
  'omit',
  'orderBy',
  'take',
  'skip',
  'cursor',
  'distinct',
  'create',
  'update',
  'by',
  'having',
  'limit',
  'skipDuplicates',
  'relationLoadStrategy',
  '_count',
  '_sum',
  '_avg',
  '_min',
  '_max',
]);
