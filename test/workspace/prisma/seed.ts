import { PrismaClient } from '@prisma/client';
import bcrypt from 'bcrypt';

const prisma = new PrismaClient();

const STAGES = ['Lead', 'Qualified', 'Proposal', 'Negotiation'];
const COMPANIES = ['Hartley & Sons', 'Nordlicht GmbH', 'Costa Verde', 'Blue Kettle', 'Ferro Works', 'Quill & Page'];

async function seed() {
  const team = await prisma.team.upsert({
    where: { slug: 'demo' },
    create: { slug: 'demo', name: 'Demo team' },
    update: {},
  });
  const owner = await prisma.user.upsert({
    where: { email: 'demo@fieldnotes.example' },
    create: {
      email: 'demo@fieldnotes.example',
      name: 'Demo User',
      passwordHash: await bcrypt.hash('demo', 10),
      teamId: team.id,
    },
    update: {},
  });
  for (const [position, name] of STAGES.entries()) {
    await prisma.stage.upsert({
      where: { teamId_position: { teamId: team.id, position } },
      create: { teamId: team.id, position, name },
      update: { name },
    });
  }
  const stages = await prisma.stage.findMany({ where: { teamId: team.id } });
  for (const name of COMPANIES) {
    const slug = name.toLowerCase().replace(/\W+/g, '-');
    const existing = await prisma.account.findUnique({ where: { slug } });
    if (existing) continue;
    const account = await prisma.account.create({ data: { name, slug, teamId: team.id, ownerId: owner.id } });
    await prisma.deal.create({
      data: { title: `${name} pilot`, teamId: team.id, accountId: account.id, ownerId: owner.id, stageId: stages[0]!.id },
    });
  }
}

seed().finally(() => prisma.$disconnect());
