import type { FailedPayment } from '@frontrow/domain/payments/failed-payment.ts';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, addConcertWithDate, mustHold, newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, listAll, usePorts, write } from '../shared/contract-support.ts';

/** Needs a database of its own, because it purges failed payments. */
export function describeFailedPaymentsContract(
  name: string,
  open: OpenPorts<'transact' | 'paymentReads' | 'failedPaymentPurge' | 'ids'>,
): void {
  describe(`FailedPayments (${name})`, () => {
    const ports = usePorts(open);
    const find = (id: string) => ports().paymentReads.findFailed(id);
    const list = (userId: string, limit: number) =>
      listAll((page) => ports().paymentReads.list(userId, page), limit);
    const record = (failed: FailedPayment) =>
      write(ports(), ({ failedPayments }) => failedPayments.record(failed));

    function newFailure(userId = newUser(ports()), failedAt = Date.now()): FailedPayment {
      const [id, reservationId] = [ports().ids.next(), ports().ids.next()];
      return { id, reservationId, userId, amount: 1_000, failureCode: 'INSUFFICIENT_BALANCE', failedAt };
    }

    it('finds a failed payment, and not as a completed one', async () => {
      const failed = newFailure();
      expect(await find(failed.id)).toBeNull();
      expect(await record(failed)).toBe(true);
      expect(await find(failed.id)).toEqual(failed);
      expect(await ports().paymentReads.find(failed.id)).toBeNull();
    });

    it('keeps one record of a reservation and code, with the first id and the last amount and instant', async () => {
      const failed = newFailure();
      await record(failed);
      const later = { ...failed, id: ports().ids.next(), amount: 500, failedAt: failed.failedAt + 1_000 };
      expect(await record(later)).toBe(false);
      expect(await record(later)).toBe(false);
      expect(await list(failed.userId, 5)).toEqual([{ ...later, id: failed.id }]);
      const expired = { ...failed, id: ports().ids.next(), failureCode: 'HOLD_EXPIRED' } as const;
      expect(await record(expired)).toBe(true);
      expect(await list(failed.userId, 5)).toHaveLength(2);
    });

    it('adds one record for many refusals at once', async () => {
      const failed = newFailure();
      const rivals = Array.from({ length: 10 }, () => record({ ...failed, id: ports().ids.next() }));
      expect((await Promise.all(rivals)).filter((isNew) => isNew)).toHaveLength(1);
      expect(await list(failed.userId, 5)).toHaveLength(1);
    });

    it('stores nothing of a rolled-back transaction', async () => {
      const failed = newFailure();
      await ports().transact(async ({ failedPayments }) => {
        await failedPayments.record(failed);
        return REFUSED;
      }, 'STAFF');
      expect(await find(failed.id)).toBeNull();
    });

    it('lists failed and completed payments of the user together, newest first, a page at a time', async () => {
      const userId = newUser(ports());
      const own: unknown[] = [];
      for (let i = 0; i < 3; i += 1) {
        const failed = newFailure(userId);
        await record(failed);
        const held = await mustHold(ports(), await addConcertWithDate(ports()), { userId, seatNumbers: [1] });
        const { id: reservationId, concertId, totalAmount: amount, createdAt: paidAt } = held;
        const payment = { id: ports().ids.next(), reservationId, userId, amount, balanceAfter: 5, paidAt };
        await write(ports(), ({ payments }) => payments.add([{ ...payment, concertId }]));
        own.unshift({ ...payment, refundedAmount: 0 }, failed);
      }
      await record(newFailure());
      for (const limit of [1, 2, 5, 6]) expect(await list(userId, limit)).toEqual(own);
    });

    it('purges what is old, at most as many as asked for', async () => {
      const now = Date.now();
      const old = [3, 2].map((hours) => newFailure(newUser(ports()), now - hours * HOUR_MS));
      const recent = newFailure();
      for (const failed of [...old, recent]) await record(failed);
      expect(await ports().failedPaymentPurge.purge(HOUR_MS, 1)).toBe(1);
      expect(await ports().failedPaymentPurge.purge(HOUR_MS, 5)).toBe(1);
      expect(await Promise.all([...old, recent].map(({ id }) => find(id)))).toEqual([null, null, recent]);
    });
  });
}
