import { ok } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../ports/ports.ts';
import type { OutboxMessage, Traced } from '../ports/shared/outbox.ts';
import type { PlaceEnd } from '../ports/waiting-room/queue-ends.ts';
import type { UnitOfWork } from '../ports/shared/unit-of-work.ts';

/**
 * Writes the ends of places in the caller's transaction, with the messages by which the relay ends them in the room, and
 * with `others`.
 */
export async function recordEnds(
  { queueEnds, outbox }: UnitOfWork,
  ends: readonly (PlaceEnd & Traced)[],
  others: readonly OutboxMessage[] = [],
): Promise<void> {
  await queueEnds.addAll(ends);
  await outbox.append([...ends.map((end) => ({ kind: 'QUEUE_END' as const, ...end })), ...others]);
}

/** Writes the end of a place in a transaction of its own, with the message by which the relay ends it in the room. */
export async function storeEnd({ transact }: Pick<Ports, 'transact'>, end: PlaceEnd): Promise<void> {
  await transact(
    async (unit) => {
      await recordEnds(unit, [end]);
      return ok(undefined);
    },
    { concertId: end.concertId },
  );
}

/** Frees the slot at once. Where that fails, the relay frees it later. */
export async function freeSlot({ waitingRoom }: Pick<Ports, 'waitingRoom'>, end: PlaceEnd): Promise<void> {
  try {
    await waitingRoom.end(end, end.reason, end.soldSeats);
  } catch {
    // The relay repeats the same end until it succeeds.
  }
}

/** Ends a place, in the database first, so that no loss of Redis restores it. */
export async function endPlace(ports: Pick<Ports, 'transact' | 'waitingRoom'>, end: PlaceEnd): Promise<void> {
  await storeEnd(ports, end);
  await freeSlot(ports, end);
}
