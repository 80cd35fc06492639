import { Router } from 'express';
import { z } from 'zod';
import { notFound } from '@/lib/errors';
import { dealWithHistory, listDeals, openDealsOf } from '@/repositories/deals';
import { closeDeal, createDeal, dealFormOptions, handOver } from '@/services/dealService';

const filter = z.object({
  status: z.enum(['OPEN', 'WON', 'LOST']).optional(),
  ownerId: z.string().optional(),
  limit: z.coerce.number().optional(),
});
const newDeal = z.object({
  title: z.string().min(1),
  accountId: z.string(),
  stageId: z.string(),
  valueCents: z.number().int().min(0),
});
const outcome = z.object({ status: z.enum(['WON', 'LOST']) });

export const dealRoutes = Router();

dealRoutes.get('/', async (req, res) => {
  res.json(await listDeals(req.user.teamId, filter.parse(req.query)));
});

dealRoutes.get('/mine', async (req, res) => {
  res.json(await openDealsOf(req.user.id));
});

dealRoutes.get('/form', async (req, res) => {
  res.json(await dealFormOptions(req.user.teamId));
});

dealRoutes.get('/:id', async (req, res) => {
  const deal = await dealWithHistory(req.user.teamId, req.params.id);
  if (!deal) throw notFound('Deal');
  res.json(deal);
});

dealRoutes.post('/', async (req, res) => {
  res.status(201).json(await createDeal(req.user.teamId, req.user.id, newDeal.parse(req.body)));
});

dealRoutes.post('/:id/close', async (req, res) => {
  res.json(await closeDeal(req.user.teamId, req.params.id, outcome.parse(req.body).status));
});

dealRoutes.post('/hand-over/:to', async (req, res) => {
  res.json({ moved: await handOver(req.user.id, req.params.to) });
});
