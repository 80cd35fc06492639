import { notFound } from '@/lib/errors';
import { prisma } from '@/lib/prisma';
import { accountPath, findAccount, freeSlug } from '@/repositories/accounts';

export interface NewAccount {
  name: string;
  domain?: string;
  industry?: string;
  parentId?: string;
}

export async function createAccount(teamId: string, ownerId: string, data: NewAccount) {
  const slug = await freeSlug(data.name);
  return prisma.account.create({ data: { ...data, slug, teamId, ownerId } });
}

export async function accountPage(teamId: string, id: string) {
  const account = await findAccount(teamId, id);
  if (!account) throw notFound('Account');
  const path = await accountPath(id);
  return { ...account, path };
}

/** What the account list shows on a card: the company and the people added last. */
export async function recentAccounts(teamId: string) {
  const accounts = await prisma.account.findMany({
    where: { teamId, archived: false },
    orderBy: { updatedAt: 'desc' },
    take: 50,
  });
  const cards = [];
  for (const account of accounts) {
    const contacts = await prisma.contact.findMany({
      where: { accountId: account.id },
      orderBy: { createdAt: 'desc' },
      take: 3,
    });
    cards.push({ id: account.id, name: account.name, contacts });
  }
  return cards;
}

/** Moves everything of one account to another and archives it. */
export async function mergeAccounts(teamId: string, fromId: string, intoId: string) {
  return prisma.$transaction(async (tx) => {
    const from = await tx.account.findFirst({ where: { id: fromId, teamId } });
    const into = await tx.account.findFirst({ where: { id: intoId, teamId } });
    if (!from || !into) throw notFound('Account');
    await tx.contact.updateMany({ where: { accountId: from.id }, data: { accountId: into.id } });
    await tx.deal.updateMany({ where: { accountId: from.id }, data: { accountId: into.id } });
    await tx.invoice.updateMany({ where: { accountId: from.id }, data: { accountId: into.id } });
    return tx.account.update({ where: { id: from.id }, data: { archived: true } });
  });
}
