import { setTimeout as delay } from 'node:timers/promises';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { describe, expect, it } from 'vitest';
import type { Sale } from '../support/concert-on-sale-over-http.ts';
import { admitFans, createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { REDIS_SET_KINDS } from '../support/redis-sets/start-redis-set.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { useInstallation } from '../support/use-installation.ts';

const SERVES_AGAIN_WITHIN_MS = 10_000;
const admission = { intervalMs: 200, recoveryGraceMs: 2_000 };

describe.each(REDIS_SET_KINDS)('when the master of a room is killed (%s)', (kind) => {
  const installation = useInstallation({ http: 2, workers: 2, redisSet: kind });

  async function killMasterOf({ concertId }: Sale) {
    const room = createKeys(installation().keyPrefix).room(concertId).room;
    const { server } = await installation().redisSet().masterOf(room);
    await server.kill();
    return server;
  }

  it('a storm of joins keeps its order, and every fan has one place', async () => {
    const sale = await installation().openSale({ policy: { admission: { ...admission, state: 'PAUSED' } } });
    const early = createFans(installation(), 40);
    for (const fan of early) expectOk(await fan.join(sale.concertId));

    const storm = createFans(installation(), 300);
    const joining = storm.map(async (fan, index) => {
      await delay(index * 5);
      return expectOk(await fan.join(sale.concertId));
    });
    await joining[100];
    const server = await killMasterOf(sale);
    const outageMs = await outageOf(sale);
    console.log(`${kind}: joins were answered again ${outageMs} ms after the kill`);
    await Promise.all(joining);
    const late = createFans(installation(), 20);
    await Promise.all(late.map(async (fan) => expectOk(await fan.join(sale.concertId))));
    await server.restart();
    await installation().redisSet().settled();

    await everyoneWaits([...early, ...storm, ...late]);
    const [first, last] = [await positionsOf(early), await positionsOf(late)];
    expect(first).toEqual(first.toSorted((a, b) => a - b));
    expect(Math.max(...first)).toBeLessThan(Math.min(...(await positionsOf(storm.slice(110)))));
    expect(Math.max(...first)).toBeLessThan(Math.min(...last));
    const all = await positionsOf([...early, ...storm, ...late]);
    expect(new Set(all).size).toBe(all.length);
    expect(outageMs).toBeLessThan(SERVES_AGAIN_WITHIN_MS);
  });

  it('a sale goes on, sells each seat once and loses no money', async () => {
    const sale = await installation().openSale({ seatCount: 60, price: 100, policy: { admission } });
    const fans = await admitFans(installation(), sale, 60);
    await Promise.all(fans.map(async (fan) => expectOk(await fan.charge(100))));
    const random = seededRandom(15);
    const answers: string[] = [];
    let paid = 0;
    let killed: Awaited<ReturnType<typeof killMasterOf>> | null = null;
    const book = async (fan: Fan): Promise<void> => {
      for (;;) {
        const held = await fan.hold(sale.eventId, [1 + Math.floor(random() * 60)]);
        answers.push(outcome(held));
        if (held.status !== 201) {
          if (held.status === 403) await delay(50); // the room is restored in the meantime
          continue;
        }
        const payment = await fan.pay(held.body.id);
        answers.push(outcome(payment));
        if (++paid === 20) killed = await killMasterOf(sale);
        return;
      }
    };
    await Promise.all(fans.map(book));

    const allowed = ['201', '403 QUEUE_TOKEN_NOT_ACTIVE', '409 SEAT_UNAVAILABLE', '503 UNAVAILABLE'];
    expect(Object.keys(countOccurrences(answers)).filter((answer) => !allowed.includes(answer))).toEqual([]);
    expect(paid).toBe(60);
    const balances = await Promise.all(fans.map(async (fan) => expectOk(await fan.wallet()).balance));
    expect(countOccurrences(balances)).toEqual({ 0: 60 });
    await (killed as { restart(): Promise<void> } | null)?.restart();
    await installation().redisSet().settled();
  });

  /** Resolves with the time in ms from now to the last of the joins that were refused, when ten others were answered. */
  async function outageOf({ concertId }: Sale): Promise<number> {
    const startedAt = performance.now();
    let lastRefusedMs = 0;
    for (let answered = 0, count = 0; answered < 10; count += 1) {
      const fan = installation().impatient.fan(`${kind} prober ${count}`);
      const { status } = await fan.join(concertId);
      answered = status < 300 ? answered + 1 : 0;
      if (status >= 300) lastRefusedMs = Math.round(performance.now() - startedAt);
      if (status < 300) await fan.leave();
      await delay(50);
    }
    return lastRefusedMs;
  }
});

function positionsOf(fans: readonly Fan[]): Promise<number[]> {
  return Promise.all(fans.map(async (fan) => expectOk(await fan.status()).position!));
}

/** The first poll of each brings their place back, where the new master lacks it. */
async function everyoneWaits(fans: readonly Fan[]): Promise<void> {
  await eventually(async () => {
    const tokens = await Promise.all(fans.map(async (fan) => expectOk(await fan.status())));
    expect(countOccurrences(tokens.map(({ status }) => status))).toEqual({ WAITING: fans.length });
    expect(tokens.filter(({ position }) => position === null)).toEqual([]); // unknown during the grace
  });
}
