import { HttpError, notFound } from '@/lib/errors';
import { sendMail } from '@/lib/mailer';
import { prisma } from '@/lib/prisma';

export interface NewDeal {
  title: string;
  accountId: string;
  stageId: string;
  valueCents: number;
}

export async function createDeal(teamId: string, ownerId: string, data: NewDeal) {
  const account = await prisma.account.findUnique({ where: { id: data.accountId }, select: { teamId: true } });
  if (account?.teamId !== teamId) throw notFound('Account');
  const stage = await prisma.stage.findUnique({ where: { id: data.stageId }, select: { teamId: true } });
  if (stage?.teamId !== teamId) throw notFound('Stage');
  return prisma.deal.create({ data: { ...data, teamId, ownerId } });
}

/** Everything the deal form offers to choose from. */
export async function dealFormOptions(teamId: string) {
  const stages = await prisma.stage.findMany({ where: { teamId }, orderBy: { position: 'asc' }, take: 20 });
  const owners = await prisma.user.findMany({
    where: { teamId, isActive: true },
    select: { id: true, name: true },
    take: 200,
  });
  return { stages, owners };
}

export async function closeDeal(teamId: string, dealId: string, status: 'WON' | 'LOST') {
  return prisma.$transaction(async (tx) => {
    const deal = await tx.deal.findFirst({ where: { id: dealId, teamId }, include: { owner: true, account: true } });
    if (!deal) throw notFound('Deal');
    if (deal.status !== 'OPEN') throw new HttpError(409, 'This deal is closed already');
    const closed = await tx.deal.update({ where: { id: deal.id }, data: { status, closesOn: new Date() } });
    await tx.task.updateMany({ where: { dealId: deal.id, doneAt: null }, data: { doneAt: new Date() } });
    await sendMail({ to: deal.owner.email, subject: `${deal.title}: ${status.toLowerCase()}`, text: deal.account.name });
    return closed;
  });
}

/** Gives all open deals of somebody who leaves to somebody else. */
export async function handOver(fromId: string, toId: string) {
  const deals = await prisma.deal.findMany({ where: { ownerId: fromId, status: 'OPEN' } });
  for (const deal of deals) {
    await prisma.deal.update({ where: { id: deal.id }, data: { ownerId: toId } });
  }
  return deals.length;
}
