import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { prisma } from '@/lib/prisma';
import { createInvoice } from '@/services/invoiceService';

beforeEach(async () => {
  await prisma.invoice.deleteMany();
});

test('numbers run without gaps', async () => {
  const team = await prisma.team.findFirstOrThrow();
  const account = await prisma.account.findFirstOrThrow();
  for (const quantity of [1, 2, 3]) await createInvoice(team.id, account.id, [{ sku: 'PLAN-S', quantity }]);
  const invoices = await prisma.invoice.findMany({ where: { teamId: team.id } });
  for (const invoice of invoices) {
    assert.equal(await prisma.invoiceLine.count({ where: { invoiceId: invoice.id } }), 1);
  }
});
