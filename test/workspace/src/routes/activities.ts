import { Router } from 'express';
import { z } from 'zod';
import { prisma } from '@/lib/prisma';
import { activitiesOfDeal, logActivity, timeline } from '@/services/activityService';

const newActivity = z.object({
  contactId: z.string(),
  dealId: z.string().optional(),
  kind: z.enum(['CALL', 'EMAIL', 'MEETING', 'NOTE']),
  subject: z.string().min(1),
  body: z.string().optional(),
});

export const activityRoutes = Router();

activityRoutes.get('/contact/:id', async (req, res) => {
  const before = req.query.before ? new Date(String(req.query.before)) : new Date();
  res.json(await timeline(req.params.id, before));
});

activityRoutes.get('/deal/:id', async (req, res) => {
  res.json(await activitiesOfDeal(req.params.id));
});

activityRoutes.post('/', async (req, res) => {
  res.status(201).json(await logActivity(req.user.id, newActivity.parse(req.body)));
});

/** A stream of what colleagues are doing, for the side bar. */
activityRoutes.get('/live', (req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  let seen = new Date();
  setInterval(async () => {
    const since = seen;
    seen = new Date();
    const activities = await prisma.activity.findMany({
      where: { author: { teamId: req.user.teamId }, occurredAt: { gt: since } },
      orderBy: { occurredAt: 'asc' },
      take: 50,
    });
    for (const activity of activities) res.write(`data: ${JSON.stringify(activity)}\n\n`);
  }, 5000);
});
