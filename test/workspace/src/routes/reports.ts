import { Router } from 'express';
import { z } from 'zod';
import { busiestAuthors } from '@/services/activityService';
import {
  activityReport,
  biggestOpenDeals,
  dashboard,
  dealsByStatus,
  pipeline,
  wonThisQuarter,
} from '@/services/reportService';
import { rememberSearch, searchEverywhere } from '@/services/searchService';

const period = z.object({ from: z.coerce.date(), to: z.coerce.date() });

export const reportRoutes = Router();

reportRoutes.get('/dashboard', async (req, res) => {
  res.json(await dashboard(req.user.teamId));
});

reportRoutes.get('/sales', async (req, res) => {
  const { from, to } = period.parse(req.query);
  const { teamId } = req.user;
  const [stages, statuses, wonCents, biggest] = await Promise.all([
    pipeline(teamId),
    dealsByStatus(teamId),
    wonThisQuarter(teamId, from, to),
    biggestOpenDeals(teamId),
  ]);
  res.json({ stages, statuses, wonCents, biggest });
});

reportRoutes.get('/activity', async (req, res) => {
  const { from, to } = period.parse(req.query);
  const report = await activityReport(req.user.teamId, from, to);
  const authors = await busiestAuthors(req.user.teamId);
  res.json({ ...report, authors });
});

reportRoutes.get('/search', async (req, res) => {
  const text = z.string().min(2).parse(req.query.q);
  rememberSearch(req.user.id, text);
  res.json(await searchEverywhere(req.user.teamId, text));
});
