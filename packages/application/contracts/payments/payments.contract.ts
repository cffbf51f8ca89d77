import type { Payment } from '@frontrow/domain/payments/payment.ts';
import { describe, expect, it } from 'vitest';
import { mustHold, newUser, addConcertWithDate } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, listAll, usePorts, write } from '../shared/contract-support.ts';

export function describePaymentsContract(
  name: string,
  open: OpenPorts<'transact' | 'paymentReads' | 'ids'>,
): void {
  describe(`Payments (${name})`, () => {
    const ports = usePorts(open);
    const find = (id: string) => ports().paymentReads.find(id);
    const add = (payment: Payment) => write(ports(), ({ payments }) => payments.add(payment));

    /** A payment for an existing reservation, not added yet. */
    async function due(userId = newUser(ports())): Promise<Payment> {
      const held = await mustHold(ports(), await addConcertWithDate(ports()), { userId, seatNumbers: [1] });
      const { id: reservationId, totalAmount: amount, createdAt: paidAt } = held;
      return { id: ports().ids.next(), reservationId, userId, amount, balanceAfter: 12_345, paidAt };
    }

    it('finds an added payment', async () => {
      const payment = await due();
      expect(await find(payment.id)).toBeNull();
      await add(payment);
      expect(await find(payment.id)).toEqual(payment);
    });

    it('throws for a second payment of a reservation, and keeps the first', async () => {
      const payment = await due();
      await add(payment);
      const second = { ...payment, id: ports().ids.next() };
      await expect(add(second)).rejects.toBeInstanceOf(Error);
      expect([await find(payment.id), await find(second.id)]).toEqual([payment, null]);
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
        await payments.add(payment);
        return REFUSED;
      });
      expect(await find(payment.id)).toBeNull();
      await add(payment);
      expect(await find(payment.id)).toEqual(payment);
    });

    it("lists the user's payments, newest first, a page at a time", async () => {
      const userId = newUser(ports());
      const own: Payment[] = [];
      for (let i = 0; i < 5; i += 1) {
        const payment = await due(userId);
        await add(payment);
        own.unshift(payment);
      }
      await add(await due());
      expect(await listAll((page) => ports().paymentReads.list(userId, page), 2)).toEqual(own);
      expect(await listAll((page) => ports().paymentReads.list(userId, page), 5)).toEqual(own);
      expect(await listAll((page) => ports().paymentReads.list(newUser(ports()), page), 5)).toEqual([]);
    });
  });
}
