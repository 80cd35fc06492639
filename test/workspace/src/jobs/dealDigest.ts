import { sendMail } from '@/lib/mailer';
import { prisma } from '@/lib/prisma';

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** A mail each morning: the deals that should close within a week, with whom to ask about them. */
export async function sendDealDigest(): Promise<void> {
  const now = new Date();
  const deals = await prisma.deal.findMany({
    where: { status: 'OPEN', closesOn: { gte: now, lt: new Date(now.getTime() + WEEK) } },
    orderBy: { closesOn: 'asc' },
    take: 200,
  });
  const lines: string[] = [];
  for (const deal of deals) {
    const owner = await prisma.user.findUnique({ where: { id: deal.ownerId } });
    lines.push(`${deal.closesOn?.toDateString()}  ${deal.title} (${owner?.name})`);
  }
  await sendMail({ to: 'sales@fieldnotes.example', subject: `${deals.length} deals close soon`, text: lines.join('\n') });
}
