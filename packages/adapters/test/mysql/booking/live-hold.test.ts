import {
  claimOf,
  mustHold,
  newUser,
  addConcertWithDate,
} from '@frontrow/application/contracts/shared/contract-builders.ts';
import { eventually, write } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { type HeldReservation, confirm } from '@frontrow/domain/booking/reservation.ts';
import { describe, expect, it } from 'vitest';
import { createGate, waitForLockWait } from '@frontrow/tests/support/mysql-test-ports.ts';
import { useMysqlTestPorts } from '@frontrow/tests/support/use-mysql-test-ports.ts';

describe('a hold by a user whose other hold is changing', () => {
  const testPorts = useMysqlTestPorts();

  /**
   * Locks the first hold and runs `before`, starts a second hold of the same user and waits until it is blocked, then
   * runs `after` and commits. Returns the outcome of the second hold. Fails when a transaction ran twice.
   */
  async function race(
    first: HeldReservation,
    {
      before = async () => {},
      after = async () => {},
    }: Partial<Record<'before' | 'after', (unit: UnitOfWork) => Promise<unknown>>>,
  ) {
    const { ports, mysql } = testPorts;
    const [locked, release] = [createGate(), createGate()];
    let runs = 0;
    const changing = write(ports, async (unit) => {
      runs += 1;
      await unit.seats.lock(claimOf(first));
      await unit.reservations.lock(first.id);
      await before(unit);
      locked.open();
      await release.opened;
      await after(unit);
    });
    await locked.opened;
    const id = ports.ids.next();
    const holding = write(ports, async ({ seats, reservations }) => {
      runs += 1;
      const { eventId, userId } = first;
      const { lapsedHolds } = await seats.findHoldContext(eventId, [userId]);
      await seats.hold([{ eventId, seatNumbers: [2], reservationId: id, ttlMs: 60_000 }], 'WAIT');
      const next = { ...first, id, seatNumbers: [2], holdExpiresAt: Date.now() + 60_000 };
      const added = await reservations.addHeld([next], [...lapsedHolds.values()], first.createdAt - 1);
      return { added, history: added.ok ? added.value.get(userId) : undefined };
    });
    await waitForLockWait(mysql.db);
    release.open();
    await changing;
    const outcome = await holding;
    expect(runs).toBe(2);
    return outcome;
  }

  async function holdFirst(ttlMs: number) {
    const onSale = await addConcertWithDate(testPorts.ports);
    const userId = newUser(testPorts.ports);
    return { onSale, first: await mustHold(testPorts.ports, onSale, { userId, seatNumbers: [1], ttlMs }) };
  }
  const untilLapsed = ({ id }: HeldReservation) =>
    eventually(async () => expect(await testPorts.ports.reservationReads.listLapsed(100)).toContain(id));

  it('waits for a payment, and then sees the seats that it has bought and the end of its place', async () => {
    const { first } = await holdFirst(60_000);
    const { concertId, userId, sequence } = first;
    const { added, history } = await race(first, {
      async before({ reservations, queueEnds }) {
        await reservations.save(confirm(first, testPorts.ports.ids.next()));
        await queueEnds.add({ concertId, userId, sequence, reason: 'COMPLETED' });
      },
    });
    expect(added.ok).toBe(true);
    expect(history).toEqual({ placeEnd: 'COMPLETED', seatsBought: 1, unpaidHolds: [] });
  });

  it('does not deadlock with the sweeper', async () => {
    const { first } = await holdFirst(50);
    await untilLapsed(first);
    const { added } = await race(first, {
      async after({ seats, reservations }) {
        await seats.release(claimOf(first));
        await reservations.save({ ...first, status: 'EXPIRED' });
      },
    });
    expect(added.ok).toBe(true);
  });

  it('leaves a lapsed hold that it has replaced to the sweeper', async () => {
    const { onSale, first } = await holdFirst(50);
    await untilLapsed(first);
    await mustHold(testPorts.ports, onSale, { userId: first.userId, seatNumbers: [2] });
    await untilLapsed(first);
    expect(await testPorts.ports.reservationReads.find(first.id)).toEqual({ ...first, status: 'EXPIRED' });
  });
});
