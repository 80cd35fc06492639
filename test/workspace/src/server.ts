import { app } from '@/app';
import { config } from '@/config';
import { startJobs } from '@/jobs';
import { prisma } from '@/lib/prisma';
import { redis } from '@/lib/redis';

await prisma.$connect();
await redis.ping();

const jobs = startJobs();
const server = app.listen(config.PORT, () => console.log(`CRM on port ${config.PORT}`));

process.once('SIGTERM', async () => {
  jobs.stop();
  server.close();
  await redis.quit();
  await prisma.$disconnect();
});
