import type { ActivityKind } from '@prisma/client';
import { remember } from '@/lib/cache';
import { prisma } from '@/lib/prisma';

export interface NewActivity {
  contactId: string;
  dealId?: string;
  kind: ActivityKind;
  subject: string;
  body?: string;
}

export function logActivity(authorId: string, data: NewActivity) {
  return prisma.activity.create({ data: { ...data, authorId } });
}

export function timeline(contactId: string, before: Date, limit = 30) {
  return prisma.activity.findMany({
    where: { contactId, occurredAt: { lt: before } },
    orderBy: { occurredAt: 'desc' },
    take: limit,
  });
}

export function activitiesOfDeal(dealId: string) {
  return prisma.activity.findMany({ where: { dealId } });
}

export function busiestAuthors(teamId: string) {
  return remember(`report:${teamId}:authors`, 600, () =>
    prisma.activity.groupBy({
      by: ['authorId'],
      where: { author: { teamId } },
      _count: { authorId: true },
      orderBy: { _count: { authorId: 'desc' } },
      take: 5,
    }),
  );
}
