import type { DealStatus } from '@prisma/client';
import { prisma } from '@/lib/prisma';
import { redis } from '@/lib/redis';

const STATUSES: DealStatus[] = ['OPEN', 'WON', 'LOST'];
const DAY = 24 * 60 * 60 * 1000;

/** The numbers at the top of the start page. */
export async function dashboard(teamId: string) {
  const cached = await redis.get(`report:${teamId}:dashboard`);
  if (cached) return JSON.parse(cached);

  const since = new Date(Date.now() - 30 * DAY);
  const openDeals = await prisma.deal.count({ where: { teamId, status: 'OPEN' } });
  const newContacts = await prisma.contact.count({ where: { teamId, createdAt: { gte: since } } });
  const overdueTasks = await prisma.task.count({ where: { deal: { teamId }, doneAt: null, dueAt: { lt: new Date() } } });

  const report = { openDeals, newContacts, overdueTasks };
  await redis.set(`report:${teamId}:dashboard`, JSON.stringify(report));
  return report;
}

/** How many deals stand in each stage. */
export async function pipeline(teamId: string) {
  const stages = await prisma.stage.findMany({ where: { teamId }, orderBy: { position: 'asc' } });
  return Promise.all(
    stages.map(async (stage) => ({
      name: stage.name,
      deals: await prisma.deal.count({ where: { stageId: stage.id } }),
    })),
  );
}

export async function dealsByStatus(teamId: string) {
  const counts: Partial<Record<DealStatus, number>> = {};
  for (const status of STATUSES) {
    counts[status] = await prisma.deal.count({ where: { teamId, status } });
  }
  return counts;
}

export async function wonThisQuarter(teamId: string, quarterStart: Date, quarterEnd: Date) {
  const deals = await prisma.deal.findMany({
    where: { teamId, status: 'WON', closesOn: { gte: quarterStart, lt: quarterEnd } },
  });
  return deals.reduce((sum, deal) => sum + deal.valueCents, 0);
}

export async function biggestOpenDeals(teamId: string) {
  const deals = await prisma.deal.findMany({ where: { teamId } });
  return deals
    .filter((deal) => deal.status === 'OPEN')
    .sort((a, b) => b.valueCents - a.valueCents)
    .slice(0, 10);
}

/** Who did what, for the weekly review. */
export async function activityReport(teamId: string, from: Date, to: Date) {
  const team = await prisma.team.findUniqueOrThrow({ where: { id: teamId }, select: { name: true } });
  const byKind = await prisma.activity.groupBy({
    by: ['kind'],
    where: { author: { teamId }, occurredAt: { gte: from, lt: to } },
    _count: true,
  });
  return { team: team.name, byKind };
}
