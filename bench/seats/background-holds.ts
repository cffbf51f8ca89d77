import { randomUUID } from 'node:crypto';
import type { Fan } from '../data/create-sale.ts';
import type { Testbed } from '../harness/testbed.ts';

export type BackgroundHolds = {
  /** Answers how many holds and cancellations were done. */
  stop(): Promise<number>;
};

/** Each fan holds a seat of its own and gives it back, again and again. Throws from `stop` where one was refused. */
export function startBackgroundHolds(
  { application }: Pick<Testbed, 'application'>,
  eventId: string,
  fans: readonly Fan[],
): BackgroundHolds {
  const over = new AbortController();
  let changes = 0;
  const turns = fans.map(async ({ userId, ticket }, index) => {
    while (!over.signal.aborted) {
      const request = { userId, operation: 'POST /v1/reservations', key: randomUUID(), fingerprint: '' };
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
  const ended = Promise.all(turns);
  ended.catch(() => {});
  return {
    async stop() {
      over.abort();
      await ended;
      return changes;
    },
  };
}
