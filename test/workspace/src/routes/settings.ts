import { Router } from 'express';
import { z } from 'zod';
import { allSettings, saveSetting } from '@/services/settingService';

export const settingRoutes = Router();

settingRoutes.get('/', async (_req, res) => {
  res.json(await allSettings());
});

settingRoutes.put('/:key', async (req, res) => {
  await saveSetting(req.params.key, z.string().parse(req.body.value));
  res.sendStatus(204);
});
