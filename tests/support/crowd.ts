import { vi } from 'vitest';
import type { Answer } from './client.ts';
import type { Fan } from './fan.ts';
import { granted, type Sale } from './sale.ts';
import type { Installation } from './start-installation.ts';

let crowds = 0;

/** Fans with names of their own. */
export function gather(world: Pick<Installation, 'fan'>, size: number): Fan[] {
  const crowd = ++crowds;
  return Array.from({ length: size }, (_, index) => world.fan(`fan-${crowd}-${index}`));
}

/** Fans whose tickets are ACTIVE, in a sale whose policy lets them in. */
export async function admit(
  world: Pick<Installation, 'fan'>,
  { concertId }: Pick<Sale, 'concertId'>,
  size: number,
): Promise<Fan[]> {
  const fans = gather(world, size);
  await Promise.all(
    fans.map(async (fan) => {
      const { status } = granted(await fan.join(concertId));
      if (status !== 'ACTIVE') throw new Error(`${fan.userId} is ${status}`);
    }),
  );
  return fans;
}

const WITHIN_MS = 15_000;

/** Repeats `attempt` until it does not throw; answers what it answered. */
export function eventually<T>(attempt: () => Promise<T>, timeout = WITHIN_MS): Promise<T> {
  return vi.waitFor(attempt, { timeout, interval: 20 });
}

/** How often each thing occurs. */
export function tally(things: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const thing of things) counts[thing] = (counts[thing] ?? 0) + 1;
  return counts;
}

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An answer in short: its status, and the code of a refusal. */
export function outcome({ status, body }: Answer<{ code: string }>): string {
  return status < 300 ? String(status) : `${status} ${body.code}`;
}

/** One fan whose ticket is ACTIVE. */
export async function admitOne(
  world: Pick<Installation, 'fan'>,
  sale: Pick<Sale, 'concertId'>,
): Promise<Fan> {
  const [fan] = await admit(world, sale, 1);
  if (fan === undefined) throw new Error('nobody came');
  return fan;
}
