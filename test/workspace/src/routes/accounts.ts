import { Router } from 'express';
import { z } from 'zod';
import { pageQuery } from '@/lib/pagination';
import { industries, listAccounts } from '@/repositories/accounts';
import { contactsOfAccount } from '@/repositories/contacts';
import { accountPage, createAccount, mergeAccounts, recentAccounts } from '@/services/accountService';

const newAccount = z.object({
  name: z.string().min(1),
  domain: z.string().optional(),
  industry: z.string().optional(),
  parentId: z.string().optional(),
});

export const accountRoutes = Router();

accountRoutes.get('/', async (req, res) => {
  const { page, pageSize } = pageQuery.parse(req.query);
  res.json(await listAccounts(page, pageSize));
});

accountRoutes.get('/recent', async (req, res) => {
  res.json(await recentAccounts(req.user.teamId));
});

accountRoutes.get('/industries', async (req, res) => {
  res.json(await industries(req.user.teamId));
});

accountRoutes.get('/:id', async (req, res) => {
  res.json(await accountPage(req.user.teamId, req.params.id));
});

accountRoutes.get('/:id/contacts', async (req, res) => {
  res.json(await contactsOfAccount(req.params.id));
});

accountRoutes.post('/', async (req, res) => {
  res.status(201).json(await createAccount(req.user.teamId, req.user.id, newAccount.parse(req.body)));
});

accountRoutes.post('/:id/merge-into/:other', async (req, res) => {
  res.json(await mergeAccounts(req.user.teamId, req.params.id, req.params.other));
});
