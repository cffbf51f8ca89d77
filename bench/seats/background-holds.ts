import { randomUUID } from 'node:crypto';
import type { Fan } from '../data/benchmark-sale.ts';
import type { Testbed } from '../harness/testbed.ts';

export type BackgroundHolds = {
  /** Ends the loop and returns the number of holds and cancellations. Rejects if one was refused. */
  stop(): Promise<number>;
};

export function newRequest(userId: string) {
  return { userId, operation: 'POST /v1/reservations', key: randomUUID(), fingerprint: '' };
}

/** Each fan repeatedly holds its own seat and cancels the hold. */
export function startBackgroundHolds(
  { application }: Pick<Testbed, 'application'>,
  eventId: string,
  fans: readonly Fan[],
): BackgroundHolds {
  const stopping = new AbortController();
  let changes = 0;
  const loops = fans.map(async ({ userId, ticket }, index) => {
    while (!stopping.signal.aborted) {
      const request = newRequest(userId);
      const held = await application.holdSeats({
        userId,
        ticket,
        eventId,
        seatNumbers: [index + 1],
        request,
      });
      if (!held.ok) throw new Error(`the hold was refused: ${held.refusal.code}`);
      const cancelled = await application.cancelReservation({ userId, reservationId: held.value.value.id });
      if (!cancelled.ok) throw new Error('the cancellation was refused');
      changes += 2;
    }
  });
  const ended = Promise.all(loops);
  ended.catch(() => {});
  return {
    async stop() {
      stopping.abort();
      await ended;
      return changes;
    },
  };
}
