import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RoomStatus } from '../../ports/waiting-room/waiting-room.ts';

export type GetRoomStatus = (concertId: ConcertId) => Promise<Result<RoomStatus, NotFound>>;

export function createGetRoomStatus({
  catalog,
  waitingRoom,
}: Pick<Ports, 'catalog' | 'waitingRoom'>): GetRoomStatus {
  return async (concertId) => {
    // The cache answers for an unknown concert, where the room would ask the database.
    if ((await catalog.findConcert(concertId))?.visibility !== 'PUBLISHED')
      return refuse(notFound('concert'));
    const status = await waitingRoom.roomStatusFromSnapshot(concertId);
    return status === null ? refuse(notFound('concert')) : ok(status);
  };
}
