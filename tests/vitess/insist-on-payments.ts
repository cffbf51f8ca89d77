import { setTimeout as delay } from 'node:timers/promises';
import type { Application } from '@frontrow/application/application.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { ConcertOnSale } from '../support/concert-on-sale.ts';
import { unwrap } from '../support/results.ts';
import type { SaleFixture } from '../support/sale-fixture.ts';
import { forEachAtOnce } from './for-each-at-once.ts';

/** How many fans hold or pay at the same time. */
export const AT_ONCE = 8;

export type Hold = { readonly userId: string; readonly reservationId: string };

/** Repeats a payment with its key until it is answered; `onFailure` counts the attempts that were not. */
export async function insist(
  pay: () => ReturnType<Application['payReservation']>,
  onFailure: () => void,
): Promise<void> {
  for (;;) {
    const answer = await pay().catch((error: unknown) => {
      if (error instanceof Unavailable) return null;
      throw error;
    });
    // The transaction of an attempt without an answer may still be open.
    const isOpen = answer === null || (!answer.ok && answer.refusal.code === 'IDEMPOTENCY_IN_PROGRESS');
    if (!isOpen) return void unwrap(answer);
    onFailure();
    await delay(100 * Math.random());
  }
}

/** One hold of one seat for each seat of some new concerts, each by a fan whose wallet has its price. */
export async function createHolds(
  steps: SaleFixture,
  { seatCount, concertCount }: { readonly seatCount: number; readonly concertCount: number },
): Promise<readonly Hold[]> {
  const seats: { sale: ConcertOnSale; seat: number }[] = [];
  for (let concert = 0; concert < concertCount; concert += 1) {
    const sale = await steps.openSale({ event: { seatCount, price: 1_000 } });
    for (let seat = 1; seat <= seatCount; seat += 1) seats.push({ sale, seat });
  }
  const holds: Hold[] = [];
  await forEachAtOnce(AT_ONCE, seats, async ({ sale, seat }) => {
    const fan = await steps.join(sale);
    await steps.charge(fan.userId, 1_000);
    const { reservation } = await steps.createHold(sale, [seat], fan);
    holds.push({ userId: fan.userId, reservationId: reservation.id });
  });
  return holds;
}
