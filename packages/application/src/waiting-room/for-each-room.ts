import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { WaitingRoom } from '../ports/waiting-room/waiting-room.ts';

/** Runs the work for every room, also after the failure of one. Throws an AggregateError of all failures. */
export async function forEachRoom(
  waitingRoom: Pick<WaitingRoom, 'list'>,
  work: (concertId: ConcertId) => Promise<void>,
): Promise<void> {
  const outcomes = await Promise.allSettled((await waitingRoom.list()).map(work));
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} rooms failed`);
}
