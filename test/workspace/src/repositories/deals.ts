import type { DealStatus, Prisma } from '@prisma/client';
import { prisma } from '@/lib/prisma';

export interface DealFilter {
  status?: DealStatus;
  ownerId?: string;
  limit?: number;
}

export function listDeals(teamId: string, { status, ownerId, limit }: DealFilter) {
  const query: Prisma.DealFindManyArgs = {
    where: { teamId, status, ownerId },
    orderBy: { closesOn: 'asc' },
  };
  query.take = Math.min(limit ?? 50, 200);
  return prisma.deal.findMany(query);
}

export function dealWithHistory(teamId: string, id: string) {
  return prisma.deal.findFirst({
    where: { id, teamId },
    include: { account: true, stage: true, activities: { orderBy: { occurredAt: 'desc' }, take: 50 } },
  });
}

/** The open deals that a person works on; a transaction may ask for its own view of them. */
export function openDealsOf(ownerId: string, tx?: Prisma.TransactionClient) {
  return (tx ?? prisma).deal.findMany({ where: { ownerId, status: 'OPEN' }, take: 100 });
}
