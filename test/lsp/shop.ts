/** A small application that shows one problem of each kind the server has to carry to an editor. */
export const shop = {
  'package.json': '{ "name": "shop", "dependencies": { "@prisma/client": "6.0.0" } }\n',
  'tsconfig.json': '{ "compilerOptions": { "strict": true } }\n',
  'prisma/schema.prisma': `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

generator client {
  provider = "prisma-client-js"
}

model Customer {
  id     String  @id @default(cuid())
  email  String  @unique
  name   String
  orders Order[]
}

model Order {
  id         String   @id @default(cuid())
  number     Int
  createdAt  DateTime @default(now())
  customerId String
  customer   Customer @relation(fields: [customerId], references: [id])

  @@index([number])
  @@index([number, createdAt])
}
`,
  'src/prisma.ts': `import { PrismaClient } from '@prisma/client';

export const prisma = new PrismaClient();
`,
  'src/orders.ts': `import { prisma } from './prisma';

export async function exportOrders() {
  const orders = await prisma.order.findMany();
  return orders;
}

export async function dashboard(customerId: string) {
  const customer = await prisma.customer.findUnique({ where: { id: customerId } });
  const latest = await prisma.order.findFirst({ where: { customerId }, orderBy: { createdAt: 'desc' } });
  return { customer, latest };
}
`,
  'src/customers.ts': `import { prisma } from './prisma';

export async function names(ids: string[]) {
  const result: string[] = [];
  for (const id of ids) {
    const customer = await prisma.customer.findUnique({ where: { id } });
    result.push(customer?.name ?? 'unknown');
  }
  return result;
}
`,
} as const;

/** The shop with some files replaced or added. */
export function shopWith(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...shop, ...files };
}
