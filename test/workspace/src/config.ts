import { z } from 'zod';

const schema = z.object({
  DATABASE_URL: z.string(),
  REDIS_URL: z.string().default('redis://localhost:6379'),
  JWT_SECRET: z.string(),
  SMTP_URL: z.string().default('smtp://localhost:1025'),
  PORT: z.coerce.number().default(4000),
});

export const config = schema.parse(process.env);
