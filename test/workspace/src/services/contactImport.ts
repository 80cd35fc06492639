import { chunk, slugify } from '@/lib/collections';
import { prisma } from '@/lib/prisma';

export interface ImportRow {
  company: string;
  email: string;
  firstName: string;
  lastName: string;
  title?: string;
}

/** Brings in the rows of a spreadsheet; people we know already are updated. */
export async function importContacts(teamId: string, rows: ImportRow[]) {
  const skipped: ImportRow[] = [];
  let imported = 0;
  for (const { company, ...person } of rows) {
    const account = await prisma.account.findUnique({ where: { slug: slugify(company) } });
    if (!account) {
      skipped.push({ company, ...person });
      continue;
    }
    const key = { teamId_email: { teamId, email: person.email } };
    const existing = await prisma.contact.findUnique({ where: key });
    if (existing) {
      await prisma.contact.update({ where: key, data: person });
    } else {
      await prisma.contact.create({ data: { ...person, teamId, accountId: account.id } });
    }
    imported += 1;
  }
  return { imported, skipped };
}

/** Puts one tag on many contacts, as few statements as the database takes. */
export async function tagContacts(tagId: string, contactIds: string[]) {
  let tagged = 0;
  for (const ids of chunk(contactIds, 1000)) {
    const known = await prisma.contact.findMany({ where: { id: { in: ids } }, select: { id: true } });
    const { count } = await prisma.contactTag.createMany({
      data: known.map(({ id }) => ({ contactId: id, tagId })),
      skipDuplicates: true,
    });
    tagged += count;
  }
  return tagged;
}
