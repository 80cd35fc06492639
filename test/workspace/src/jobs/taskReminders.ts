import { sendMail } from '@/lib/mailer';
import { prisma } from '@/lib/prisma';
import { users } from '@/repositories/users';

export async function remindOfTasks(): Promise<void> {
  const due = await prisma.task.findMany({
    where: { doneAt: null, remindedAt: null, dueAt: { lt: new Date() } },
    orderBy: { dueAt: 'asc' },
    take: 500,
  });
  if (due.length === 0) return;
  for (const task of due) {
    const sender = await prisma.setting.findUnique({ where: { key: 'mail.sender' } });
    const assignee = await users.findById(task.assigneeId);
    if (!assignee?.isActive) continue;
    await sendMail({ from: sender?.value, to: assignee.email, subject: `Due: ${task.title}`, text: task.title });
    await prisma.task.update({ where: { id: task.id }, data: { remindedAt: new Date() } });
  }
}
