import {
  holdOne,
  mustHold,
  newUser,
  addConcertWithDate,
} from '@frontrow/application/contracts/shared/contract-builders.ts';
import { write } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createGate, waitForLockWait } from '@frontrow/tests/support/mysql-test-ports.ts';
import { useMysqlTestPorts } from '@frontrow/tests/support/use-mysql-test-ports.ts';
import { createMysqlPorts } from '../../src/mysql/mysql-ports.ts';
import {
  SEAT_HOLD_STRATEGIES,
  type SeatHoldStrategy,
} from '../../src/mysql/booking/hold-strategies/hold-strategies.ts';

const TTL_MS = 60_000;

describe('the deciding clock is read after the rows are locked', () => {
  const testPorts = useMysqlTestPorts();

  /** Blocks `blocked` by rows that `blocker` has locked. `waitingSince` is a moment well after the wait began. */
  async function whileLocked<T>(
    blocker: (unit: UnitOfWork) => Promise<unknown>,
    blocked: (unit: UnitOfWork) => Promise<T>,
    seatHoldStrategy: SeatHoldStrategy = 'grouped',
  ): Promise<{ value: T; waitingSince: number }> {
    const { db } = testPorts.mysql;
    const [locked, release] = [createGate(), createGate()];
    const holding = write(testPorts.ports, async (unit) => {
      await blocker(unit);
      locked.open();
      await release.opened;
    });
    await locked.opened;
    const waiting = write(createMysqlPorts(db, { seatHoldStrategy }), blocked);
    await waitForLockWait(db);
    const waitingSince = await readLaterClock();
    release.open();
    await holding;
    return { value: await waiting, waitingSince };
  }

  async function readLaterClock(): Promise<number> {
    const clock = sql<{ now: Date }>`select sleep(0.02), sysdate(3) as now`;
    const { rows } = await clock.execute(testPorts.mysql.db);
    return rows[0]!.now.getTime();
  }

  const holds = SEAT_HOLD_STRATEGIES.flatMap((strategy) => [
    { strategy, seatNumbers: [3] },
    { strategy, seatNumbers: [2, 3, 4] },
  ]);
  it.each(holds)('for a hold by $strategy on $seatNumbers', async ({ strategy, seatNumbers }) => {
    const { event } = await addConcertWithDate(testPorts.ports);
    const claim = { eventId: event.id, seatNumbers, reservationId: testPorts.ports.ids.next() };
    const { value, waitingSince } = await whileLocked(
      ({ seats }) => seats.lock({ ...claim, seatNumbers: [3] }),
      (unit) => holdOne(unit, { ...claim, ttlMs: TTL_MS }),
      strategy,
    );
    if (!value.ok) throw new Error('the hold was refused');
    const { heldAt, holdExpiresAt } = value.value;
    expect(heldAt).toBeGreaterThanOrEqual(waitingSince);
    expect(holdExpiresAt).toBe(heldAt + TTL_MS);
    const held = (await testPorts.ports.seatReads.list(event.id, [])).seats.filter(
      ({ status }) => status === 'HELD',
    );
    expect(held).toHaveLength(seatNumbers.length);
    for (const seat of held) expect(seat).toMatchObject({ holdExpiresAt });
  });

  it('for the block of seats whose hold lapses while it waits', async () => {
    const onSale = await addConcertWithDate(testPorts.ports);
    const { event } = onSale;
    const userId = newUser(testPorts.ports);
    const held = await mustHold(testPorts.ports, onSale, { userId, seatNumbers: [3] });
    const claim = { eventId: event.id, seatNumbers: [3], reservationId: held.id };
    const { value } = await whileLocked(
      async ({ seats }) => seats.extend([claim], Date.now()),
      ({ blockedSeats }) =>
        blockedSeats.block(
          event.id,
          [2, 3].map((number) => ({ number, reason: 'camera' })),
        ),
    );
    expect(value).toEqual({ ok: true, value: [] });
  });

  it('for a reservation, whose concert stays unlocked', async () => {
    const onSale = await addConcertWithDate(testPorts.ports);
    const { id } = await mustHold(testPorts.ports, onSale, {
      userId: newUser(testPorts.ports),
      seatNumbers: [1],
    });
    const { value, waitingSince } = await whileLocked(
      async ({ reservations }) => {
        await reservations.lock(id);
        await testPorts.ports.transact(
          async ({ concerts }) => ok(await concerts.lockPolicy(onSale.concert.id)),
          'STAFF',
        );
      },
      ({ reservations }) => reservations.lock(id),
    );
    expect(value?.asOf).toBeGreaterThanOrEqual(waitingSince);
  });

  it('for a wallet, also for one that does not exist yet', async () => {
    const userId = newUser(testPorts.ports);
    for (let round = 1; round <= 2; round += 1) {
      const { value, waitingSince } = await whileLocked(
        ({ wallets }) => wallets.lock(userId),
        ({ wallets }) => wallets.lock(userId),
      );
      expect(value.asOf).toBeGreaterThanOrEqual(waitingSince);
    }
  });
});
