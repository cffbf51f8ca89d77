import { setTimeout as delay } from 'node:timers/promises';
import { type Client, createClient } from '@frontrow/tests/support/client.ts';
import { createFan } from '@frontrow/tests/support/fan.ts';
import { createOperator } from '@frontrow/tests/support/operator.ts';
import { type Hall, type JourneyEnd, playJourney } from './journey.ts';

export type Load = {
  /** Journeys that have ended, by their end. */
  readonly ends: Partial<Record<JourneyEnd | 'no answer', number>>;
  users(): number;
  /** Journeys per second that `concurrency` users at a time complete. */
  saturate(seconds: number, concurrency: number): Promise<number>;
  /** Starts new users at this rate, whatever the answers; resolves when the last journey has ended. */
  offer(usersPerSecond: number, seconds: number): Promise<void>;
  close(): Promise<void>;
};

/** A hall sells for a while and is followed by another, so that rooms open and close all the time. */
const HALL_LASTS_MS = 60_000;
const HALL_SELLS_MS = 150_000;
/** Every third hall is cancelled when the next one opens, and every paid reservation is refunded. */
const CANCELLED_HALLS = 3;
const SEATS = 20_000;
const CONNECTIONS_MAX = 1_000;
const POLICY = {
  admission: { batchSize: 500, intervalMs: 500, sessionTtlMs: 15_000, claimTtlMs: 5_000 },
  hold: { ttlMs: 10_000 },
};

export async function openLoad(urls: readonly string[]): Promise<Load> {
  const clients = urls.map((url) => createClient(url));
  let turn = 0;
  const client = (): Client => clients[turn++ % clients.length]!;
  const ends: Load['ends'] = {};
  let [users, active] = [0, 0];
  let halls = 1;
  let hall = await openHall();
  let openedAt = performance.now();
  let opening: Promise<void> | null = null;

  async function openHall(): Promise<Hall> {
    const times = { reservationStartAt: -3_600_000, reservationEndAt: HALL_SELLS_MS, startsAt: 7_200_000 };
    const dates = Object.entries(times).map(([name, ms]) => [name, new Date(Date.now() + ms).toISOString()]);
    // Their token would expire in a long run.
    const operator = createOperator(createFan('admin', client, 'admin'));
    const date = { seatCount: SEATS, ...Object.fromEntries(dates) };
    return { ...(await operator.openSale({ ...date, policy: POLICY })), seatCount: SEATS };
  }
  async function cancelHall({ eventId }: Hall): Promise<void> {
    const body = { reason: 'The singer is ill.' };
    await createFan('admin', client, 'admin').send('POST', `/v1/admin/events/${eventId}/cancel`, { body });
  }
  async function openNextHall(): Promise<void> {
    try {
      const replaced = hall;
      hall = await openHall();
      openedAt = performance.now();
      halls += 1;
      if (halls % CANCELLED_HALLS === 0) await cancelHall(replaced);
    } catch {
      // The next user tries again.
    } finally {
      opening = null;
    }
  }
  function replaceHall(): void {
    if (performance.now() - openedAt >= HALL_LASTS_MS) opening ??= openNextHall();
  }
  async function play(): Promise<void> {
    users += 1;
    active += 1;
    replaceHall();
    const end = await playJourney(`soak-${users}`, hall, client).catch(() => 'no answer' as const);
    ends[end] = (ends[end] ?? 0) + 1;
    active -= 1;
  }
  return {
    ends,
    users: () => users,
    async saturate(seconds, concurrency) {
      const [since, before] = [performance.now(), users];
      const isOver = () => performance.now() - since > seconds * 1_000;
      const keepPlaying = async () => {
        while (!isOver()) await play();
      };
      await Promise.all(Array.from({ length: concurrency }, keepPlaying));
      return (users - before) / ((performance.now() - since) / 1_000);
    },
    async offer(usersPerSecond, seconds) {
      const [since, before] = [performance.now(), users];
      const journeys = new Set<Promise<void>>();
      for (;;) {
        const elapsed = (performance.now() - since) / 1_000;
        if (elapsed > seconds) break;
        while (users - before < elapsed * usersPerSecond && active < CONNECTIONS_MAX) {
          const journey = play().finally(() => journeys.delete(journey));
          journeys.add(journey);
        }
        await delay(20);
      }
      await Promise.all(journeys);
    },
    async close() {
      await Promise.all(clients.map((each) => each.close()));
    },
  };
}
