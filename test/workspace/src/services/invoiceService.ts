import { HttpError, isDuplicate, notFound } from '@/lib/errors';
import { sendMail } from '@/lib/mailer';
import { prisma } from '@/lib/prisma';

export interface OrderLine {
  sku: string;
  quantity: number;
}

const ATTEMPTS = 3;

/** Prices the lines of an order as they are today. */
export async function priceLines(lines: OrderLine[]) {
  const priced = [];
  for (const line of lines) {
    const product = await prisma.product.findUnique({ where: { sku: line.sku } });
    if (!product) throw new HttpError(422, `No product has the number ${line.sku}`);
    priced.push({
      productId: product.id,
      description: product.name,
      quantity: line.quantity,
      unitCents: product.priceCents,
    });
  }
  return priced;
}

/** Numbers run without gaps in a team; two clerks at once may want the same one. */
export async function createInvoice(teamId: string, accountId: string, order: OrderLine[]) {
  const lines = await priceLines(order);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const last = await prisma.invoice.findFirst({ where: { teamId }, orderBy: { number: 'desc' }, select: { number: true } });
    try {
      return await prisma.invoice.create({
        data: { teamId, accountId, number: (last?.number ?? 0) + 1, lines: { create: lines } },
        include: { lines: true },
      });
    } catch (error) {
      if (!isDuplicate(error) || attempt === ATTEMPTS) throw error;
    }
  }
  throw new HttpError(503, 'No invoice number was free');
}

export async function markPaid(teamId: string, number: number) {
  const invoice = await prisma.invoice.findUnique({
    where: { teamId_number: { teamId, number } },
    include: { account: { include: { owner: true } }, lines: true },
  });
  if (!invoice) throw notFound('Invoice');
  if (invoice.paidAt) return;
  await prisma.invoice.update({ where: { id: invoice.id }, data: { paidAt: new Date() } });
  await sendMail({
    to: invoice.account.owner.email,
    subject: `Invoice ${number} is paid`,
    text: `${invoice.account.name} has paid invoice ${number}.`,
  });
}

export async function unpaidTotal(teamId: string) {
  const lines = await prisma.invoiceLine.findMany({
    where: { invoice: { teamId, paidAt: null } },
    select: { quantity: true, unitCents: true },
  });
  return lines.reduce((sum, line) => sum + line.quantity * line.unitCents, 0);
}
