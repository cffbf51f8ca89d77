import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RoomStatus } from '../../ports/waiting-room/waiting-room.ts';
import type { DateAvailability, DatesAvailability } from '../../waiting-room/date-availability.ts';

/** `dates` is null while it is not known what is left of them. */
export type RoomAnswer = { readonly status: RoomStatus; readonly dates: readonly DateAvailability[] | null };
/** Calls that one snapshot and one read of the dates answer get the same object. */
export type GetRoomStatus = (concertId: ConcertId) => Promise<Result<RoomAnswer, NotFound>>;

type GetRoomStatusPorts = Pick<Ports, 'catalog' | 'waitingRoom'> & {
  readonly datesAvailability: DatesAvailability;
};

export function createGetRoomStatus({
  catalog,
  waitingRoom,
  datesAvailability,
}: GetRoomStatusPorts): GetRoomStatus {
  const answers = new WeakMap<RoomStatus, RoomAnswer>();
  return async (concertId) => {
    // The cache answers for an unknown concert, where the room would ask the database.
    if ((await catalog.findConcert(concertId))?.visibility !== 'PUBLISHED')
      return refuse(notFound('concert'));
    const status = await waitingRoom.roomStatusFromSnapshot(concertId);
    if (status === null) return refuse(notFound('concert'));
    const dates = datesAvailability(concertId);
    const known = answers.get(status);
    if (known?.dates === dates) return ok(known);
    const answer = { status, dates };
    answers.set(status, answer);
    return ok(answer);
  };
}
