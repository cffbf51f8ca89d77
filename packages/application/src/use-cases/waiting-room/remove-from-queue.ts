import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { PlaceEnd } from '../../ports/waiting-room/queue-ends.ts';
import type { Ports } from '../../ports/ports.ts';
import { freeSlot, recordEnds } from '../../waiting-room/end-place.ts';

export type RemoveFromQueueCommand = {
  readonly concertId: ConcertId;
  readonly userId: UserId;
  readonly by: AdminRequest;
};
export type RemoveFromQueue = (command: RemoveFromQueueCommand) => Promise<Result<void, NotFound>>;

/** An organiser ends a user's place, if there is one: in the database first, so that no loss of Redis restores it. */
export function createRemoveFromQueue(
  ports: Pick<Ports, 'catalog' | 'transact' | 'waitingRoom'>,
): RemoveFromQueue {
  return async ({ concertId, userId, by }) => {
    if ((await ports.catalog.findConcert(concertId)) === null) return refuse(notFound('concert'));
    const place = await ports.waitingRoom.placeOf(concertId, userId);
    if (place === null) return ok(undefined);
    const end: PlaceEnd = { ...place, reason: 'EXPIRED' };
    await ports.transact(
      async (unit) => {
        await recordEnds(unit, [end]);
        await unit.auditLog.append({ by, target: `place/${concertId}/${userId}`, before: place, after: end });
        return ok(undefined);
      },
      { concertId },
    );
    await freeSlot(ports, end);
    return ok(undefined);
  };
}
