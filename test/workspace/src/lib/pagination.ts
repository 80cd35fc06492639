import { z } from 'zod';

export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});

export type PageQuery = z.infer<typeof pageQuery>;

/** Prisma's arguments for one page. */
export function toArgs({ page, pageSize }: PageQuery) {
  return { take: pageSize, skip: (page - 1) * pageSize };
}
