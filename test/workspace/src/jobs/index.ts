import { withLock } from '@/lib/cache';
import { archiveActivities } from '@/jobs/archiveActivities';
import { sendDealDigest } from '@/jobs/dealDigest';
import { enrichAccounts } from '@/jobs/enrichAccounts';
import { remindOfTasks } from '@/jobs/taskReminders';

const MINUTE = 60_000;

const JOBS = [
  { name: 'task-reminders', every: 15 * MINUTE, run: remindOfTasks },
  { name: 'deal-digest', every: 24 * 60 * MINUTE, run: sendDealDigest },
  { name: 'archive-activities', every: 24 * 60 * MINUTE, run: archiveActivities },
  { name: 'enrich-accounts', every: 6 * 60 * MINUTE, run: enrichAccounts },
];

/** Starts the clockwork; each job runs on one machine at a time. */
export function startJobs() {
  const timers = JOBS.map(({ name, every, run }) =>
    setInterval(() => {
      withLock(name, every / 1000, run).catch((error) => console.error(`${name} failed`, error));
    }, every),
  );
  return { stop: () => timers.forEach(clearInterval) };
}
