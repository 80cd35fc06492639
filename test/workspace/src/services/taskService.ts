import { notFound } from '@/lib/errors';
import { prisma } from '@/lib/prisma';

export function tasksOf(assigneeId: string, until: Date, includeDone: boolean, limit?: number) {
  return prisma.task.findMany({
    where: { assigneeId, dueAt: { lte: until }, ...(includeDone ? {} : { doneAt: null }) },
    orderBy: { dueAt: 'asc' },
    ...(limit ? { take: limit } : {}),
  });
}

export async function completeTask(teamId: string, id: string) {
  const task = await prisma.task.findFirst({ where: { id, deal: { teamId } }, include: { deal: true } });
  if (!task) throw notFound('Task');
  return prisma.task.update({ where: { id: task.id }, data: { doneAt: new Date() } });
}

export async function taskContext(taskId: string) {
  const task = await prisma.task.findUnique({ where: { id: taskId } });
  if (!task) throw notFound('Task');
  const deal = await prisma.deal.findUnique({ where: { id: task.dealId } });
  const assignee = await prisma.user.findUnique({ where: { id: task.assigneeId }, select: { id: true, name: true } });
  return { task, deal, assignee };
}
