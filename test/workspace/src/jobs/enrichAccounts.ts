import { sleep } from '@/lib/collections';
import { prisma } from '@/lib/prisma';

const DIRECTORY = 'https://directory.example/companies';

interface Company {
  industry?: string;
  employees?: number;
}

/** The directory answers 429 when it is busy: wait, then ask again. */
async function lookUp(domain: string): Promise<Company | undefined> {
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    const response = await fetch(`${DIRECTORY}/${domain}`);
    if (response.ok) return (await response.json()) as Company;
    if (response.status !== 429) return undefined;
    await sleep(attempt * 1000);
  }
  return undefined;
}

/** Fills in what public directories know about companies that we know little of. */
export async function enrichAccounts(): Promise<void> {
  const accounts = await prisma.account.findMany({ where: { industry: null, archived: false }, take: 20 });
  for (const { id, domain } of accounts) {
    if (!domain) continue;
    const company = await lookUp(domain);
    if (!company) continue;
    await prisma.account.update({ where: { id }, data: { industry: company.industry, profile: { ...company } } });
  }
}
