import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { config } from '@/config';
import { HttpError } from '@/lib/errors';
import { prisma } from '@/lib/prisma';
import { redis } from '@/lib/redis';

interface Claims {
  sub: string;
  jti: string;
}

export async function requireUser(req: Request, _res: Response, next: NextFunction) {
  const token = req.headers.authorization?.replace(/^Bearer /, '');
  if (!token) throw new HttpError(401, 'Sign in first');
  const claims = jwt.verify(token, config.JWT_SECRET) as Claims;

  const revoked = await redis.exists(`revoked:${claims.jti}`);
  if (revoked) throw new HttpError(401, 'Session ended');

  const user = await prisma.user.findUnique({
    where: { id: claims.sub },
    select: { id: true, teamId: true, isActive: true },
  });
  if (!user?.isActive) throw new HttpError(401, 'No such user');
  req.user = { id: user.id, teamId: user.teamId };
  next();
}
