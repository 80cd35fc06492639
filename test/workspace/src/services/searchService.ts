import { prisma } from '@/lib/prisma';

const LIMIT = 8;

/** The box at the top of every page: a few of each kind. */
export async function searchEverywhere(teamId: string, text: string) {
  const contains = { contains: text, mode: 'insensitive' as const };
  const [accounts, contacts, deals] = await Promise.all([
    prisma.account.findMany({ where: { teamId, name: contains }, take: LIMIT }),
    prisma.contact.findMany({ where: { teamId, OR: [{ lastName: contains }, { email: contains }] }, take: LIMIT }),
    prisma.deal.findMany({ where: { teamId, title: contains }, take: LIMIT }),
  ]);
  return { accounts, contacts, deals };
}

const recent = new Map<string, string[]>();

export function rememberSearch(userId: string, text: string): void {
  recent.set(userId, [text, ...(recent.get(userId) ?? [])].slice(0, 5));
}

export function recentSearches(userId: string): string[] {
  return recent.get(userId) ?? [];
}
