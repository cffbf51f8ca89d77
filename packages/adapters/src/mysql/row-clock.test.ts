import type { UnitOfWork } from '@frontrow/application/ports/unit-of-work.ts';
import { mustHold, newUser, openConcert, write } from '@frontrow/application/ports/contract-support.ts';
import { ok } from '@frontrow/domain/result.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MysqlWorld,
  createGate,
  openMysqlWorld,
  untilBlocked,
} from '../../../../tests/world/mysql-world.ts';
import { SEAT_HOLD_STRATEGIES } from './seats/hold-strategies.ts';

const TTL_MS = 60_000;

describe.each(SEAT_HOLD_STRATEGIES)('the clock that decides (%s)', (strategy) => {
  let world: MysqlWorld;
  beforeAll(async () => {
    world = await openMysqlWorld(strategy);
  });
  afterAll(() => world.close());

  /** Lets `blocked` wait for rows that `blocker` has locked; answers a moment well after the wait has begun. */
  async function whileLocked<T>(
    blocker: (unit: UnitOfWork) => Promise<unknown>,
    blocked: (unit: UnitOfWork) => Promise<T>,
  ): Promise<{ value: T; waitingSince: number }> {
    const { ports, mysql } = world;
    const [locked, release] = [createGate(), createGate()];
    const holding = write(ports, async (unit) => {
      await blocker(unit);
      locked.open();
      await release.opened;
    });
    await locked.opened;
    const waiting = write(ports, blocked);
    await untilBlocked(mysql.db);
    const waitingSince = await clockMovedOn();
    release.open();
    await holding;
    return { value: await waiting, waitingSince };
  }

  async function clockMovedOn(): Promise<number> {
    const clock = sql<{ now: Date }>`select sleep(0.02), sysdate(3) as now`;
    const { rows } = await clock.execute(world.mysql.db);
    return rows[0]!.now.getTime();
  }

  it.each([[[3]], [[2, 3, 4]]])('of a hold on %j is read after the rows are locked', async (seatNumbers) => {
    const { event } = await openConcert(world.ports);
    const claim = { eventId: event.id, seatNumbers, reservationId: world.ports.ids.next() };
    const { value, waitingSince } = await whileLocked(
      ({ seats }) => seats.lock({ ...claim, seatNumbers: [3] }),
      ({ seats }) => seats.hold({ ...claim, ttlMs: TTL_MS }),
    );
    if (!value.ok) throw new Error('the hold was refused');
    const { heldAt, holdExpiresAt } = value.value;
    expect(heldAt).toBeGreaterThanOrEqual(waitingSince);
    expect(holdExpiresAt).toBe(heldAt + TTL_MS);
    const held = (await world.ports.seatReads.list(event.id)).filter(({ status }) => status === 'HELD');
    expect(held).toHaveLength(seatNumbers.length);
    for (const seat of held) expect(seat).toMatchObject({ holdExpiresAt });
  });

  it('of a reservation is read after the row is locked, and the concert is not locked', async () => {
    const onSale = await openConcert(world.ports);
    const { id } = await mustHold(world.ports, onSale, { userId: newUser(world.ports), seatNumbers: [1] });
    const { value, waitingSince } = await whileLocked(
      async ({ reservations }) => {
        await reservations.lock(id);
        await world.ports.transact(async ({ concerts }) => ok(await concerts.lockPolicy(onSale.concert.id)));
      },
      ({ reservations }) => reservations.lock(id),
    );
    expect(value?.asOf).toBeGreaterThanOrEqual(waitingSince);
  });

  it('of a wallet is read after the row is locked, also where it is just being opened', async () => {
    const userId = newUser(world.ports);
    for (let round = 1; round <= 2; round += 1) {
      const { value, waitingSince } = await whileLocked(
        ({ wallets }) => wallets.lock(userId),
        ({ wallets }) => wallets.lock(userId),
      );
      expect(value.asOf).toBeGreaterThanOrEqual(waitingSince);
    }
  });
});
