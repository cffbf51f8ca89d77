import { type ConfirmedReservation, confirm } from '@frontrow/domain/booking/reservation.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Refund } from '@frontrow/domain/payments/refund.ts';
import { describe, expect, it } from 'vitest';
import { addConcertWithDate, claimOf, mustHold, newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, usePorts, write } from '../shared/contract-support.ts';

export function describeRefundsContract(
  name: string,
  open: OpenPorts<'transact' | 'paymentReads' | 'reservationReads' | 'ids'>,
): void {
  describe(`Refunds (${name})`, () => {
    const ports = usePorts(open);
    const lock = (id: string) => write(ports(), ({ refunds }) => refunds.lock([id]));
    const add = (...refunds: Refund[]) => write(ports(), (unit) => unit.refunds.add(refunds));

    async function buy(
      seatNumbers: readonly number[],
    ): Promise<{ reservation: ConfirmedReservation; event: ConcertEvent }> {
      const onSale = await addConcertWithDate(ports(), { event: { price: 700 } });
      const userId = newUser(ports());
      const held = await mustHold(ports(), onSale, { userId, seatNumbers });
      const reservation = confirm(held, ports().ids.next());
      await write(ports(), async ({ seats, reservations, payments }) => {
        const { paymentId: id, concertId, totalAmount: amount, createdAt: paidAt } = reservation;
        await payments.add([
          { id, reservationId: held.id, concertId, userId, amount, balanceAfter: 5, paidAt },
        ]);
        await seats.sell([claimOf(held)]);
        await reservations.confirm([reservation]);
      });
      return { reservation, event: onSale.event };
    }
    function refundOf(reservation: ConfirmedReservation, ...seatNumbers: number[]): Refund {
      const { id: reservationId, paymentId, userId, concertId, eventId } = reservation;
      return {
        id: ports().ids.next(),
        reservationId,
        paymentId,
        userId,
        concertId,
        eventId,
        seatNumbers,
        seatsReturned: seatNumbers.length,
        amount: 700 * seatNumbers.length,
        balanceAfter: 700,
        walletEntryId: ports().ids.next(),
        refundedAt: reservation.createdAt,
        actor: userId,
        reason: null,
      };
    }

    it('locks a reservation with its event, the prices of its seats and the wallet of its owner', async () => {
      const { reservation, event } = await buy([2, 3]);
      const wallet = { userId: reservation.userId, balance: 0 };
      const prices = new Map([
        [2, 700],
        [3, 700],
      ]);
      const [locked] = await lock(reservation.id);
      expect(locked).toMatchObject({ reservation, wallet, event, prices });
      expect(locked!.asOf).toBeGreaterThanOrEqual(reservation.createdAt);
      expect(await lock(ports().ids.next())).toEqual([]);
    });

    it('knows no price of a seat that is not sold to the reservation', async () => {
      const { reservation } = await buy([2, 3]);
      const claim = { eventId: reservation.eventId, seatNumbers: [3], reservationId: reservation.id };
      await write(ports(), ({ seats }) => seats.returnToSale([claim]));
      expect((await lock(reservation.id))[0]?.prices).toEqual(new Map([[2, 700]]));
      const held = await mustHold(ports(), await addConcertWithDate(ports()), {
        userId: newUser(ports()),
        seatNumbers: [1],
      });
      expect(await lock(held.id)).toMatchObject([{ reservation: held, prices: new Map() }]);
    });

    it('shows the refunded seats and the amount with the reservation and the payment', async () => {
      const { reservation } = await buy([1, 2, 3]);
      const part = { ...reservation, refundedSeats: [1, 3], refundedAmount: 1_400 };
      await write(ports(), async (unit) => {
        await unit.refunds.add([refundOf(reservation, 3), refundOf(reservation, 1)]);
        await unit.reservations.saveRefunds([part]);
      });
      expect(await ports().reservationReads.find(reservation.id)).toEqual(part);
      const payment = { id: reservation.paymentId, amount: 2_100, refundedAmount: 1_400 };
      expect(await ports().paymentReads.find(reservation.paymentId)).toMatchObject(payment);
      const page = await ports().paymentReads.list(reservation.userId, { limit: 5, cursor: null });
      expect(page.items).toMatchObject([payment]);

      const whole = { ...part, status: 'REFUNDED', refundedSeats: [1, 2, 3], refundedAmount: 2_100 } as const;
      await write(ports(), async (unit) => {
        await unit.refunds.add([refundOf(reservation, 2)]);
        await unit.reservations.saveRefunds([whole]);
      });
      expect(await ports().reservationReads.find(reservation.id)).toEqual(whole);
    });

    it('saves a refund of nothing', async () => {
      const { reservation } = await buy([1, 2]);
      await add({ ...refundOf(reservation, 1), amount: 0 });
      const part = { ...reservation, refundedSeats: [1] };
      await write(ports(), ({ reservations }) => reservations.saveRefunds([part]));
      expect(await ports().reservationReads.find(reservation.id)).toEqual(part);
    });

    it('throws for a second refund of a seat of the same reservation, and keeps the first', async () => {
      const { reservation } = await buy([1, 2]);
      await add(refundOf(reservation, 1));
      await expect(add(refundOf(reservation, 2, 1))).rejects.toBeInstanceOf(Error);
      await add(refundOf(reservation, 2));
    });

    it('lets one of many concurrent refunds of a seat through', async () => {
      const { reservation } = await buy([1]);
      const rivals = Array.from({ length: 10 }, () => add(refundOf(reservation, 1)));
      const outcomes = await Promise.allSettled(rivals);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('stores nothing of a rolled-back transaction', async () => {
      const { reservation } = await buy([1]);
      await ports().transact(async (unit) => {
        await unit.refunds.add([refundOf(reservation, 1)]);
        return REFUSED;
      }, 'STAFF');
      expect(await ports().reservationReads.find(reservation.id)).toEqual(reservation);
      await add(refundOf(reservation, 1));
    });
  });
}
