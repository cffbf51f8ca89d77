import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RoomStatistics } from '../../ports/waiting-room/waiting-room.ts';

export type GetWaitingRoom = (concertId: ConcertId) => Promise<Result<RoomStatistics, NotFound>>;

export function createGetWaitingRoom({
  catalog,
  waitingRoom,
}: Pick<Ports, 'catalog' | 'waitingRoom'>): GetWaitingRoom {
  return async (concertId) => {
    if ((await catalog.findConcert(concertId)) === null) return refuse(notFound('concert'));
    return ok(await waitingRoom.statistics(concertId));
  };
}
