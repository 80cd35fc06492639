import { slugify } from '@/lib/collections';
import { prisma } from '@/lib/prisma';

export async function listAccounts(page: number, pageSize: number) {
  const accounts = await prisma.account.findMany({
    where: { archived: false },
    orderBy: { name: 'asc' },
  });
  return { accounts, page, pageSize };
}

export function findAccount(teamId: string, id: string) {
  return prisma.account.findFirst({
    where: { id, teamId },
    include: {
      owner: { select: { id: true, name: true } },
      contacts: { take: 20, orderBy: { lastName: 'asc' } },
      deals: { where: { status: 'OPEN' } },
    },
  });
}

export function accountsByIds(ids: string[]) {
  return prisma.account.findMany({ where: { id: { in: ids } } });
}

/** The names from the topmost parent company down to the account. */
export async function accountPath(id: string): Promise<string[]> {
  const names: string[] = [];
  let next: string | null = id;
  while (next) {
    const account: { name: string; parentId: string | null } | null = await prisma.account.findUnique({
      where: { id: next },
      select: { name: true, parentId: true },
    });
    if (!account) break;
    names.unshift(account.name);
    next = account.parentId;
  }
  return names;
}

/** `acme`, or `acme-2` if that is taken, and so on. */
export async function freeSlug(name: string): Promise<string> {
  const base = slugify(name);
  let slug = base;
  let suffix = 1;
  while (await prisma.account.findUnique({ where: { slug }, select: { id: true } })) {
    suffix += 1;
    slug = `${base}-${suffix}`;
  }
  return slug;
}

export async function industries(teamId: string): Promise<string[]> {
  const rows = await prisma.account.findMany({
    where: { teamId, industry: { not: null } },
    distinct: ['industry'],
    select: { industry: true },
  });
  return rows.flatMap(({ industry }) => industry ?? []);
}
