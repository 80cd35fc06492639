import type { Prisma } from '@prisma/client';
import { prisma } from '@/lib/prisma';
import { type PageQuery, toArgs } from '@/lib/pagination';

export interface ContactFilter {
  accountId?: string;
  search?: string;
  includeOptedOut?: boolean;
}

function toWhere(teamId: string, filter: ContactFilter): Prisma.ContactWhereInput {
  return {
    teamId,
    ...(filter.accountId ? { accountId: filter.accountId } : {}),
    ...(filter.includeOptedOut ? {} : { optedOut: false }),
    ...(filter.search ? { lastName: { startsWith: filter.search } } : {}),
  };
}

export async function listContacts(teamId: string, filter: ContactFilter, page: PageQuery) {
  const where = toWhere(teamId, filter);
  const contacts = await prisma.contact.findMany({
    where,
    include: { account: { select: { id: true, name: true } } },
    orderBy: [{ lastName: 'asc' }, { id: 'asc' }],
    ...toArgs(page),
  });
  const total = await prisma.contact.count({ where });
  return { contacts, total };
}

export function findContact(teamId: string, id: string) {
  return prisma.contact.findFirst({
    where: { id, teamId },
    include: { account: true, tags: { include: { tag: true } } },
  });
}

/** The contacts of a selection, in its order; unknown ones are left out. */
export async function findContacts(ids: string[]) {
  const contacts = await Promise.all(ids.map((id) => prisma.contact.findUnique({ where: { id } })));
  return contacts.filter((contact) => contact !== null);
}

export function contactsOfAccount(accountId: string) {
  return prisma.contact.findMany({ where: { accountId }, orderBy: { lastName: 'asc' } });
}

/** Every contact of a team, in pages that the caller never holds together. */
export async function* streamContacts(teamId: string, pageSize = 500) {
  let cursor: string | undefined;
  while (true) {
    const page = await prisma.contact.findMany({
      where: { teamId },
      orderBy: { id: 'asc' },
      take: pageSize,
      ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
    });
    yield* page;
    if (page.length < pageSize) return;
    cursor = page.at(-1)?.id;
  }
}

export async function emailIsTaken(teamId: string, email: string): Promise<boolean> {
  const contacts = await prisma.contact.findMany({ where: { teamId, email }, select: { id: true } });
  return contacts.length > 0;
}
