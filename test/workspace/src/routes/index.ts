import { Router } from 'express';
import { requireUser } from '@/middleware/auth';
import { accountRoutes } from '@/routes/accounts';
import { activityRoutes } from '@/routes/activities';
import { authRoutes } from '@/routes/auth';
import { contactRoutes } from '@/routes/contacts';
import { dealRoutes } from '@/routes/deals';
import { invoiceRoutes } from '@/routes/invoices';
import { reportRoutes } from '@/routes/reports';
import { settingRoutes } from '@/routes/settings';
import { taskRoutes } from '@/routes/tasks';

export const api = Router();

api.use('/auth', authRoutes);
api.use(requireUser);
api.use('/accounts', accountRoutes);
api.use('/activities', activityRoutes);
api.use('/contacts', contactRoutes);
api.use('/deals', dealRoutes);
api.use('/invoices', invoiceRoutes);
api.use('/reports', reportRoutes);
api.use('/settings', settingRoutes);
api.use('/tasks', taskRoutes);
