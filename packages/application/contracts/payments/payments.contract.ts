import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import { describe, expect, it } from 'vitest';
import type { NewPayment, PaymentWithRefunds } from '../../src/ports/payments/payments.ts';
import { changeSales, mustHold, newUser, addConcertWithDate } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, listAll, usePorts, write } from '../shared/contract-support.ts';

export function describePaymentsContract(
  name: string,
  open: OpenPorts<'transact' | 'paymentReads' | 'ids'>,
): void {
  describe(`Payments (${name})`, () => {
    const ports = usePorts(open);
    const find = (id: string) => ports().paymentReads.find(id);
    const add = (payment: NewPayment) => write(ports(), ({ payments }) => payments.add([payment]));

    /** A payment for an existing reservation, not added yet. */
    async function due(userId = newUser(ports())): Promise<NewPayment> {
      const held = await mustHold(ports(), await addConcertWithDate(ports()), { userId, seatNumbers: [1] });
      const { id: reservationId, concertId, totalAmount: amount, createdAt: paidAt } = held;
      const id = ports().ids.next();
      return { id, reservationId, concertId, userId, amount, balanceAfter: 12_345, paidAt };
    }

    it('finds an added payment', async () => {
      const payment = await due();
      expect(await find(payment.id)).toBeNull();
      await add(payment);
      expect(await find(payment.id)).toEqual(found(payment));
    });

    it('throws for a second payment of a reservation, and keeps the first', async () => {
      const payment = await due();
      await add(payment);
      const second = { ...payment, id: ports().ids.next() };
      await expect(add(second)).rejects.toBeInstanceOf(Error);
      expect([await find(payment.id), await find(second.id)]).toEqual([found(payment), null]);
    });

    it('lets one of many concurrent payments of a reservation through', async () => {
      const payment = await due();
      const rivals = Array.from({ length: 10 }, () => ({ ...payment, id: ports().ids.next() }));
      const outcomes = await Promise.allSettled(rivals.map(add));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const { items } = await ports().paymentReads.list(payment.userId, { limit: 100, cursor: null });
      expect(items).toHaveLength(1);
    });

    it('stores nothing of a rolled-back transaction, so that the reservation can be paid later', async () => {
      const payment = await due();
      await ports().transact(async ({ payments }) => {
        await payments.add([payment]);
        return REFUSED;
      }, 'STAFF');
      expect(await find(payment.id)).toBeNull();
      await add(payment);
      expect(await find(payment.id)).toEqual(found(payment));
    });

    it.each(['WAIT', 'SKIP'] as const)(
      'locks reservations with the wallets of their owners, and no unknown one, in the mode %s',
      async (mode) => {
        const onSale = await addConcertWithDate(ports());
        const held: HeldReservation[] = [];
        for (const [seat, amount] of [100, 200, 300].entries()) {
          const userId = newUser(ports());
          const seatNumbers = [2 * seat + 1, 2 * seat + 2];
          held.push(await mustHold(ports(), onSale, { userId, seatNumbers }));
          const entry = {
            id: ports().ids.next(),
            userId,
            kind: 'CHARGE',
            amount,
            balanceAfter: amount,
          } as const;
          await write(ports(), async ({ wallets }) => {
            const { asOf: createdAt } = await wallets.lock(userId);
            await wallets.append([{ ...entry, paymentId: null, createdAt }]);
          });
        }
        const ids = [ports().ids.nextIn(onSale.concert.id), ...held.map(({ id }) => id)];
        const locked = await write(ports(), ({ payments }) => payments.lock(ids, mode));
        const byBalance = locked.toSorted((a, b) => a.wallet.balance - b.wallet.balance);
        expect(byBalance.map(({ reservation }) => reservation)).toEqual(held);
        expect(byBalance.map(({ wallet }) => wallet)).toEqual(
          held.map(({ userId }, index) => ({ userId, balance: 100 * (index + 1) })),
        );
        for (const { sales } of locked) expect(sales).toEqual(SALES_RUNNING);
        const stopped = { state: 'STOPPED', reason: 'A wrong price' } as const;
        await changeSales(ports(), onSale.concert.id, stopped);
        const later = await write(ports(), ({ payments }) => payments.lock([held[0]!.id], mode));
        expect(later.map(({ sales }) => sales)).toEqual([stopped]);
        for (const { asOf } of locked) expect(asOf).toBeGreaterThanOrEqual(held[2]!.createdAt);
      },
    );

    it('locks the reservation of an owner without a wallet with an empty one', async () => {
      const userId = newUser(ports());
      const held = await mustHold(ports(), await addConcertWithDate(ports()), { userId, seatNumbers: [1] });
      const locked = await write(ports(), ({ payments }) => payments.lock([held.id], 'WAIT'));
      expect(locked).toMatchObject([{ reservation: held, wallet: { userId, balance: 0 } }]);
    });

    it("lists the user's payments, newest first, a page at a time", async () => {
      const userId = newUser(ports());
      const own: PaymentWithRefunds[] = [];
      for (let i = 0; i < 5; i += 1) {
        const payment = await due(userId);
        await add(payment);
        own.unshift(found(payment));
      }
      await add(await due());
      expect(await listAll((page) => ports().paymentReads.list(userId, page), 2)).toEqual(own);
      expect(await listAll((page) => ports().paymentReads.list(userId, page), 5)).toEqual(own);
      expect(await listAll((page) => ports().paymentReads.list(newUser(ports()), page), 5)).toEqual([]);
    });
  });
}

function found(added: NewPayment): PaymentWithRefunds {
  const { concertId: _, ...payment } = added;
  return { ...payment, refundedAmount: 0 };
}
