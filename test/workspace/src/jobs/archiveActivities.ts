import { appendFile } from 'node:fs/promises';
import { prisma } from '@/lib/prisma';

const KEEP_YEARS = 3;
const BATCH = 1000;

/** Moves old activities to a file, batch by batch, until none is left. */
export async function archiveActivities(): Promise<void> {
  const limit = new Date();
  limit.setFullYear(limit.getFullYear() - KEEP_YEARS);
  while (true) {
    const batch = await prisma.activity.findMany({
      where: { occurredAt: { lt: limit } },
      orderBy: { occurredAt: 'asc' },
      take: BATCH,
    });
    if (batch.length === 0) return;
    await appendFile('activities.ndjson', batch.map((activity) => `${JSON.stringify(activity)}\n`).join(''));
    await prisma.activity.deleteMany({ where: { id: { in: batch.map(({ id }) => id) } } });
  }
}
