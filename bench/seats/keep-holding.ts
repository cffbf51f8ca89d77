import { randomUUID } from 'node:crypto';
import { createTokenSigner } from '@frontrow/adapters/system/token-signer.ts';
import { TICKET_SECRET, type World } from '../harness/world.ts';
import type { AdmittedFan } from './admitted-fans.ts';

export type Holding = {
  /** Answers how many holds and cancellations were done. */
  stop(): Promise<number>;
};

const signer = createTokenSigner([TICKET_SECRET]);

/** Each fan holds a seat of its own and gives it back, again and again. Throws from `stop` where one was refused. */
export function keepHolding(
  { application }: Pick<World, 'application'>,
  eventId: string,
  fans: readonly AdmittedFan[],
): Holding {
  const over = new AbortController();
  let changes = 0;
  const turns = fans.map(async ({ userId, token }, index) => {
    const ticket = signer.verify(token);
    if (ticket === null) throw new Error('the ticket is not ours');
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
