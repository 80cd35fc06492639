import type { NextFunction, Request, Response } from 'express';
import { redis } from '@/lib/redis';

/** At most `limit` requests a minute for each client address. */
export function rateLimit(limit: number) {
  return async (req: Request, res: Response, next: NextFunction) => {
    const key = `rate:${req.ip}:${Math.floor(Date.now() / 60_000)}`;
    const count = await redis.incr(key);
    if (count === 1) await redis.expire(key, 60);
    if (count > limit) {
      res.status(429).json({ error: 'Too many requests' });
      return;
    }
    next();
  };
}
