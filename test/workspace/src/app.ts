import express from 'express';
import { errorHandler } from '@/middleware/errorHandler';
import { rateLimit } from '@/middleware/rateLimit';
import { api } from '@/routes';

export const app = express();

app.use(express.json({ limit: '1mb' }));
app.use(rateLimit(600));
app.use('/api', api);
app.use(errorHandler);
