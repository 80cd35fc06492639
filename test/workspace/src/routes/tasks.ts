import { Router } from 'express';
import { users } from '@/repositories/users';
import { completeTask, taskContext, tasksOf } from '@/services/taskService';

export const taskRoutes = Router();

taskRoutes.get('/', async (req, res) => {
  const until = req.query.until ? new Date(String(req.query.until)) : new Date();
  res.json(await tasksOf(req.user.id, until, req.query.done === 'true', 100));
});

taskRoutes.get('/colleagues', async (req, res) => {
  res.json(await users.colleaguesOf(req.user.id));
});

taskRoutes.get('/:id', async (req, res) => {
  res.json(await taskContext(req.params.id));
});

taskRoutes.post('/:id/complete', async (req, res) => {
  res.json(await completeTask(req.user.teamId, req.params.id));
});
