import type { GateCheckIn } from '@frontrow/domain/booking/entry-ticket.ts';
import { type ConfirmedReservation, confirm } from '@frontrow/domain/booking/reservation.ts';
import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import { describe, expect, it } from 'vitest';
import { addConcertWithDate, claimOf, mustHold, newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, usePorts, write } from '../shared/contract-support.ts';

export function describeGateCheckInsContract(
  name: string,
  open: OpenPorts<'transact' | 'gateCheckInReads' | 'ids'>,
): void {
  describe(`GateCheckIns (${name})`, () => {
    const ports = usePorts(open);
    const lock = (reservationId: string, seatNumber: number) =>
      write(ports(), ({ gateCheckIns }) => gateCheckIns.lock({ reservationId, seatNumber }));
    const add = (checkIn: GateCheckIn) => write(ports(), ({ gateCheckIns }) => gateCheckIns.add(checkIn));
    const count = (eventId: string) => ports().gateCheckInReads.count(eventId);

    async function buy(seatNumbers: readonly number[]): Promise<ConfirmedReservation> {
      const onSale = await addConcertWithDate(ports());
      const held = await mustHold(ports(), onSale, { userId: newUser(ports()), seatNumbers });
      const reservation = confirm(held, ports().ids.next());
      await write(ports(), async ({ seats, reservations }) => {
        await seats.sell([claimOf(held)]);
        await reservations.confirm([reservation]);
      });
      return reservation;
    }
    it('locks a reservation with the sales of its date and the check-in of the seat', async () => {
      const reservation = await buy([1, 2]);
      const before = await lock(reservation.id, 1);
      expect(before).toEqual({ reservation, sales: SALES_RUNNING, checkIn: null, asOf: before?.asOf });
      expect(before!.asOf).toBeGreaterThanOrEqual(reservation.createdAt);
      const checkIn = { ...checkInOf(reservation, 1), gate: null };
      await add(checkIn);
      expect(await lock(reservation.id, 1)).toMatchObject({ checkIn });
      expect(await lock(reservation.id, 2)).toMatchObject({ checkIn: null });
      expect(await lock(ports().ids.next(), 1)).toBeNull();
    });

    it('locks a reservation whose date is cancelled', async () => {
      const reservation = await buy([1]);
      const sales = { state: 'CANCELLED', reason: 'ill' } as const;
      await write(ports(), async ({ concerts }) => {
        const event = await concerts.lockEvent(reservation.eventId);
        await concerts.saveEvent({ ...event!, sales });
      });
      expect(await lock(reservation.id, 1)).toMatchObject({ sales });
    });

    it('lists the check-ins of a reservation by ascending seat', async () => {
      const [reservation, other] = [await buy([1, 2, 3]), await buy([1])];
      for (const seat of [3, 1]) await add(checkInOf(reservation, seat));
      await add(checkInOf(other, 1));
      expect(await ports().gateCheckInReads.list(reservation.id)).toEqual([
        checkInOf(reservation, 1),
        checkInOf(reservation, 3),
      ]);
      expect(await ports().gateCheckInReads.list(ports().ids.next())).toEqual([]);
    });

    it('counts the sold seats of a date, and those that are checked in', async () => {
      const reservation = await buy([1, 2, 3]);
      const { eventId } = reservation;
      expect(await count(eventId)).toMatchObject({ ticketCount: 3, checkedInCount: 0 });
      for (const seat of [1, 3]) await add(checkInOf(reservation, seat));
      expect(await count(eventId)).toMatchObject({ ticketCount: 3, checkedInCount: 2 });
      await write(ports(), ({ seats }) => seats.returnToSale([claimOfSeat(reservation, 3)]));
      expect(await count(eventId)).toMatchObject({ ticketCount: 2, checkedInCount: 1 });
      const { event } = await addConcertWithDate(ports());
      expect(await count(event.id)).toMatchObject({ ticketCount: 0, checkedInCount: 0 });
      expect(await count(ports().ids.next())).toBeNull();
    });

    it('throws for a second check-in of a seat, and keeps the first', async () => {
      const reservation = await buy([1]);
      await add(checkInOf(reservation, 1));
      await expect(add({ ...checkInOf(reservation, 1), gate: 'South' })).rejects.toBeInstanceOf(Error);
      expect(await lock(reservation.id, 1)).toMatchObject({ checkIn: { gate: 'North' } });
    });

    it('lets one of many concurrent check-ins of a seat through', async () => {
      const reservation = await buy([1]);
      const rivals = Array.from({ length: 10 }, () => add(checkInOf(reservation, 1)));
      const outcomes = await Promise.allSettled(rivals);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('decides on what was committed while it waited for the lock', async () => {
      const reservation = await buy([1, 2]);
      const { promise: isLocked, resolve: locked } = Promise.withResolvers<void>();
      const first = write(ports(), async ({ gateCheckIns }) => {
        await gateCheckIns.lock({ reservationId: reservation.id, seatNumber: 1 });
        locked();
        await gateCheckIns.add(checkInOf(reservation, 1));
      });
      await isLocked;
      const [presented] = await Promise.all([lock(reservation.id, 1), first]);
      expect(presented).toMatchObject({ checkIn: { gate: 'North' } });
    });

    it('stores nothing of a rolled-back transaction', async () => {
      const reservation = await buy([1]);
      await ports().transact(async ({ gateCheckIns }) => {
        await gateCheckIns.add(checkInOf(reservation, 1));
        return REFUSED;
      }, 'STAFF');
      expect(await lock(reservation.id, 1)).toMatchObject({ checkIn: null });
    });
  });
}

function claimOfSeat({ id, eventId }: ConfirmedReservation, seatNumber: number) {
  return { reservationId: id, eventId, seatNumbers: [seatNumber] };
}

function checkInOf({ id, eventId, createdAt }: ConfirmedReservation, seatNumber: number): GateCheckIn {
  return { reservationId: id, seatNumber, eventId, gate: 'North', actor: 'staff', checkedInAt: createdAt };
}
