import { prisma } from '@/lib/prisma';

export async function allSettings(): Promise<Record<string, string>> {
  const rows = await prisma.setting.findMany();
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

export async function saveSetting(key: string, value: string): Promise<void> {
  const existing = await prisma.setting.findUnique({ where: { key } });
  if (existing) {
    await prisma.setting.update({ where: { key }, data: { value } });
  } else {
    await prisma.setting.create({ data: { key, value } });
  }
}
