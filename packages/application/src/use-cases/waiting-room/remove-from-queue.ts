import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import { endPlace } from '../../waiting-room/end-place.ts';

export type RemoveFromQueueCommand = { readonly concertId: ConcertId; readonly userId: UserId };
export type RemoveFromQueue = (command: RemoveFromQueueCommand) => Promise<Result<void, NotFound>>;

/** An organiser ends a user's place, if there is one. */
export function createRemoveFromQueue(
  ports: Pick<Ports, 'catalog' | 'transact' | 'waitingRoom'>,
): RemoveFromQueue {
  return async ({ concertId, userId }) => {
    if ((await ports.catalog.findConcert(concertId)) === null) return refuse(notFound('concert'));
    const place = await ports.waitingRoom.placeOf(concertId, userId);
    if (place !== null) await endPlace(ports, { ...place, reason: 'EXPIRED' });
    return ok(undefined);
  };
}
