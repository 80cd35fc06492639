import { Router } from 'express';
import { z } from 'zod';
import { HttpError, notFound } from '@/lib/errors';
import { pageQuery } from '@/lib/pagination';
import { prisma } from '@/lib/prisma';
import { emailIsTaken, findContact, findContacts, listContacts, streamContacts } from '@/repositories/contacts';
import { importContacts, tagContacts } from '@/services/contactImport';

const filter = z.object({
  accountId: z.string().optional(),
  search: z.string().optional(),
  includeOptedOut: z.stringbool().optional(),
});
const person = z.object({
  accountId: z.string(),
  email: z.email(),
  firstName: z.string(),
  lastName: z.string(),
});
const importRows = z.array(person.omit({ accountId: true }).extend({ company: z.string() })).max(5000);
const ids = z.object({ ids: z.array(z.string()).max(10_000) });

export const contactRoutes = Router();

contactRoutes.get('/', async (req, res) => {
  res.json(await listContacts(req.user.teamId, filter.parse(req.query), pageQuery.parse(req.query)));
});

contactRoutes.get('/export', async (req, res) => {
  res.type('text/csv');
  for await (const contact of streamContacts(req.user.teamId)) {
    res.write(`${contact.lastName};${contact.firstName};${contact.email}\n`);
  }
  res.end();
});

contactRoutes.get('/:id', async (req, res) => {
  const contact = await findContact(req.user.teamId, req.params.id);
  if (!contact) throw notFound('Contact');
  res.json(contact);
});

contactRoutes.post('/', async (req, res) => {
  const data = person.parse(req.body);
  if (await emailIsTaken(req.user.teamId, data.email)) throw new HttpError(409, 'There is a contact with this address');
  res.status(201).json(await prisma.contact.create({ data: { ...data, teamId: req.user.teamId } }));
});

contactRoutes.post('/import', async (req, res) => {
  res.json(await importContacts(req.user.teamId, importRows.parse(req.body)));
});

contactRoutes.post('/selection', async (req, res) => {
  res.json(await findContacts(ids.parse(req.body).ids));
});

contactRoutes.put('/tags/:tagId', async (req, res) => {
  res.json({ tagged: await tagContacts(req.params.tagId, ids.parse(req.body).ids) });
});
