import { Router } from 'express';
import { z } from 'zod';
import { createInvoice, markPaid, unpaidTotal } from '@/services/invoiceService';

const order = z.object({
  accountId: z.string(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number().int().min(1) })).min(1),
});

export const invoiceRoutes = Router();

invoiceRoutes.get('/unpaid', async (req, res) => {
  res.json({ cents: await unpaidTotal(req.user.teamId) });
});

invoiceRoutes.post('/', async (req, res) => {
  const { accountId, lines } = order.parse(req.body);
  res.status(201).json(await createInvoice(req.user.teamId, accountId, lines));
});

invoiceRoutes.post('/:number/paid', async (req, res) => {
  await markPaid(req.user.teamId, Number(req.params.number));
  res.sendStatus(204);
});
