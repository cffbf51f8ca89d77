import type { ConcertOnSale } from '../support/concert-on-sale.ts';
import { eventually } from '../support/eventually.ts';
import type { FanWithTicket, SaleFixture } from '../support/sale-fixture.ts';
import { type Hold, insist } from './insist-on-payments.ts';

const WITHIN_MS = 120_000;

export type Selling = {
  /** The reservations that are paid for. */
  readonly paid: readonly string[];
  /** How many attempts had no answer and were repeated. */
  failures(): number;
  /** Resolves when another `count` are paid for. */
  sellMore(count: number): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Fans buy the seats of each sale one after the other, from the given one on, and repeat each request with its key until it is
 * answered. Besides, the jobs of a worker run.
 */
export function keepSelling(steps: SaleFixture, sold: readonly ConcertOnSale[], firstSeat: number): Selling {
  const { app } = steps;
  const over = new AbortController();
  const paid: string[] = [];
  let failures = 0;
  const ask: <T>(attempt: Parameters<typeof insist<T>>[0]) => Promise<T> = (attempt) =>
    insist(attempt, () => (failures += 1));

  async function sell(sale: ConcertOnSale): Promise<void> {
    for (let seat = firstSeat; !over.signal.aborted; seat += 1) {
      const fan = await joinAdmitted(steps, sale);
      const { userId } = fan;
      const charge = { userId, amount: sale.event.price, request: steps.newRequest(userId) };
      await ask(() => app.chargeWallet(charge));
      const hold = { ...fan, eventId: sale.event.id, seatNumbers: [seat], request: steps.newRequest(userId) };
      const { value: held } = await ask(() => app.holdSeats(hold));
      const own = { userId, reservationId: held.id };
      const extension = { ...own, request: steps.newRequest(userId) };
      await ask(() => app.extendHold(extension));
      const payment = { ...own, request: steps.newRequest(userId) };
      await ask(() => app.payReservation(payment));
      paid.push(held.id);
    }
  }
  async function work(): Promise<void> {
    const jobs = [app.countInventory, app.relayOutbox, app.sweepHolds];
    while (!over.signal.aborted) for (const job of jobs) await job().catch(() => undefined); // runs again
  }
  const running = Promise.all([...sold.map(sell), work()]);
  running.catch(() => over.abort());

  return {
    paid,
    failures: () => failures,
    async sellMore(count) {
      const wanted = paid.length + count;
      await eventually(() => {
        if (over.signal.aborted) return;
        if (paid.length < wanted) throw new Error(`${wanted - paid.length} seats are left to sell`);
      }, WITHIN_MS);
    },
    async stop() {
      over.abort();
      await running;
    },
  };
}

/** A fan whom the room has admitted: after a sale it admits nobody before the next count. */
export async function joinAdmitted(
  steps: SaleFixture,
  sale: ConcertOnSale,
  userId = steps.newUser(),
): Promise<FanWithTicket> {
  const fan = await eventually(() => steps.join(sale, userId), WITHIN_MS);
  await eventually(async () => {
    await steps.app.countInventory();
    await steps.app.admitWaiting();
    const { status } = await steps.app.getQueueStatus(fan.ticket);
    if (status !== 'ACTIVE') throw new Error(`${userId} is ${status}`);
  }, WITHIN_MS);
  return fan;
}

/** One hold of each seat by a fan of its own, who can pay it. */
export async function holdSeats(
  steps: SaleFixture,
  sale: ConcertOnSale,
  seats: readonly number[],
): Promise<readonly Hold[]> {
  const holds: Hold[] = [];
  for (const seat of seats) {
    const fan = await joinAdmitted(steps, sale);
    await steps.charge(fan.userId, 1_000);
    const { reservation } = await steps.createHold(sale, [seat], fan);
    holds.push({ userId: fan.userId, reservationId: reservation.id });
  }
  return holds;
}

/** The payments of a process that arrive while it makes another one are a group. */
export async function payTogether(steps: SaleFixture, holds: readonly Hold[]): Promise<void> {
  await Promise.all(
    holds.map(({ userId, reservationId }) => {
      const request = steps.newRequest(userId);
      return insist(
        () => steps.app.payReservation({ userId, reservationId, request }),
        () => undefined,
      );
    }),
  );
}
