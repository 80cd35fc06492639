import type { NextFunction, Request, Response } from 'express';
import { ZodError } from 'zod';
import { HttpError } from '@/lib/errors';

export function errorHandler(error: unknown, _req: Request, res: Response, _next: NextFunction) {
  if (error instanceof HttpError) {
    res.status(error.status).json({ error: error.message });
  } else if (error instanceof ZodError) {
    res.status(400).json({ error: 'Invalid input', issues: error.issues });
  } else {
    console.error(error);
    res.status(500).json({ error: 'Something went wrong' });
  }
}
