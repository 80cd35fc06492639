import bcrypt from 'bcrypt';
import jwt from 'jsonwebtoken';
import { randomUUID } from 'node:crypto';
import { config } from '@/config';
import { HttpError, isDuplicate } from '@/lib/errors';
import { prisma } from '@/lib/prisma';
import { redis } from '@/lib/redis';
import { users } from '@/repositories/users';

const SESSION_SECONDS = 60 * 60 * 12;

export async function signIn(email: string, password: string) {
  const user = await users.findByEmail(email);
  if (!user || !bcrypt.compareSync(password, user.passwordHash)) throw new HttpError(401, 'Wrong email or password');
  await users.touch(user.id);
  return jwt.sign({ sub: user.id, jti: randomUUID() }, config.JWT_SECRET, { expiresIn: SESSION_SECONDS });
}

export async function signOut(jti: string): Promise<void> {
  await redis.setex(`revoked:${jti}`, SESSION_SECONDS, '1');
}

export async function acceptInvitation(token: string, name: string, password: string) {
  const invitation = await redis.get(`invitation:${token}`);
  if (!invitation) throw new HttpError(410, 'This invitation has expired');
  const { email, teamId } = JSON.parse(invitation) as { email: string; teamId: string };
  const team = await prisma.team.findUniqueOrThrow({ where: { id: teamId }, select: { id: true } });
  try {
    return await prisma.user.create({
      data: { email, name, teamId: team.id, passwordHash: await bcrypt.hash(password, 10) },
      select: { id: true, email: true },
    });
  } catch (error) {
    if (isDuplicate(error)) throw new HttpError(409, 'This address has an account already');
    throw error;
  }
}
