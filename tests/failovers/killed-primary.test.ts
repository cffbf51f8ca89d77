import { setTimeout as delay } from 'node:timers/promises';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { describe, expect, it } from 'vitest';
import type { Sale } from '../support/concert-on-sale-over-http.ts';
import { EVERY_SEAT_SOLD, playContestedSale } from '../support/contested-sale.ts';
import { createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences } from '../support/outcomes.ts';
import { REDIS_SET_KINDS } from '../support/redis-sets/start-redis-set.ts';
import { useInstallation } from '../support/use-installation.ts';

const SERVES_AGAIN_WITHIN_MS = 10_000;
const admission = { intervalMs: 200, recoveryGraceMs: 2_000 };

describe.each(REDIS_SET_KINDS)('when the primary of a room is killed (%s)', (kind) => {
  const installation = useInstallation({ http: 2, workers: 2, redisSet: kind });

  async function killPrimaryOf({ concertId }: Sale) {
    const room = createKeys(installation().keyPrefix).room(concertId).room;
    const { server } = await installation().redisSet().primaryOf(room);
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
    const server = await killPrimaryOf(sale);
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
    const killed: { restart(): Promise<void> }[] = [];
    const outcome = await playContestedSale(installation(), {
      admission,
      seed: 15,
      attack: async (sale) => killed.push(await killPrimaryOf(sale)),
    });
    expect(outcome).toEqual(EVERY_SEAT_SOLD);
    await Promise.all(killed.map((server) => server.restart()));
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

/** The first poll of each brings their place back, where the new primary lacks it. */
async function everyoneWaits(fans: readonly Fan[]): Promise<void> {
  await eventually(async () => {
    const tokens = await Promise.all(fans.map(async (fan) => expectOk(await fan.status())));
    expect(countOccurrences(tokens.map(({ status }) => status))).toEqual({ WAITING: fans.length });
    expect(tokens.filter(({ position }) => position === null)).toEqual([]); // unknown during the grace
  });
}
