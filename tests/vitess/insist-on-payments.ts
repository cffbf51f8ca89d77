import { setTimeout as delay } from 'node:timers/promises';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { ConcertOnSale } from '../support/concert-on-sale.ts';
import { repeatWhileUnavailable } from '../support/repeat-while-unavailable.ts';
import { unwrap } from '../support/results.ts';
import type { SaleFixture } from '../support/sale-fixture.ts';
import { forEachAtOnce } from './for-each-at-once.ts';

/** How many fans hold or pay at the same time. */
export const AT_ONCE = 8;

export type Hold = { readonly userId: string; readonly reservationId: string };

/** Repeats a request with its key until it is answered; `onFailure` counts the attempts that were not. */
export async function insist<T>(
  ask: () => Promise<Result<T, { readonly code: string }>>,
  onFailure: () => void = () => undefined,
): Promise<T> {
  for (;;) {
    const answer = await ask().catch((error: unknown) => {
      if (error instanceof Unavailable) return null;
      throw error;
    });
    // The transaction of an attempt without an answer may still be open.
    const isOpen = answer === null || (!answer.ok && answer.refusal.code === 'IDEMPOTENCY_IN_PROGRESS');
    if (!isOpen) return unwrap(answer);
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
  const { app } = steps;
  await forEachAtOnce(AT_ONCE, seats, async ({ sale, seat }) => {
    const userId = steps.newUser();
    const fan = await repeatWhileUnavailable(() => steps.join(sale, userId));
    const [charging, holding] = [steps.newRequest(userId), steps.newRequest(userId)];
    const charge = { userId, amount: 1_000, request: charging };
    await insist(() => app.chargeWallet(charge));
    const hold = { ...fan, eventId: sale.event.id, seatNumbers: [seat], request: holding };
    const { value } = await insist(() => app.holdSeats(hold));
    holds.push({ userId, reservationId: value.id });
  });
  return holds;
}
