import type { PrismaClient } from '@prisma/client';
import { prisma } from '@/lib/prisma';

export class UserRepository {
  constructor(private readonly db: PrismaClient) {}

  findById(id: string) {
    return this.db.user.findUnique({ where: { id } });
  }

  findByEmail(email: string) {
    return this.db.user.findUnique({ where: { email: email.toLowerCase() } });
  }

  async colleaguesOf(userId: string) {
    const user = await this.db.user.findUniqueOrThrow({ where: { id: userId }, select: { teamId: true } });
    return this.db.user.findMany({
      where: { teamId: user.teamId, isActive: true, id: { not: userId } },
      select: { id: true, name: true, avatarUrl: true },
      take: 200,
    });
  }

  async touch(id: string): Promise<void> {
    await this.db.user.update({ where: { id }, data: { lastSeenAt: new Date() } });
  }
}

export const users = new UserRepository(prisma);
