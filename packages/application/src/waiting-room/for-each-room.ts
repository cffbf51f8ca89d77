import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { WaitingRoom } from '../ports/waiting-room/waiting-room.ts';

/** Does the work for every room; one that fails does not keep it from the others. */
export async function forEachRoom(
  waitingRoom: Pick<WaitingRoom, 'list'>,
  work: (concertId: ConcertId) => Promise<void>,
): Promise<void> {
  const outcomes = await Promise.allSettled((await waitingRoom.list()).map(work));
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} rooms failed`);
}
