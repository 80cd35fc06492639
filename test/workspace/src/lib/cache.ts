import { redis } from '@/lib/redis';

/** Returns the cached value of a key, or computes it and keeps it for `seconds`. */
export async function remember<T>(key: string, seconds: number, compute: () => Promise<T>): Promise<T> {
  const cached = await redis.get(key);
  if (cached) return JSON.parse(cached) as T;
  const value = await compute();
  await redis.set(key, JSON.stringify(value), 'EX', seconds);
  return value;
}

/** Forgets everything below a prefix, e.g. `report:<team>`. */
export async function forget(prefix: string): Promise<void> {
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
}

/** Runs `work` unless another process is at it; the lock goes by itself if we die. */
export async function withLock(name: string, seconds: number, work: () => Promise<void>): Promise<boolean> {
  const taken = await redis.set(`lock:${name}`, process.pid, 'EX', seconds, 'NX');
  if (!taken) return false;
  try {
    await work();
  } finally {
    await redis.del(`lock:${name}`);
  }
  return true;
}
