import { isRoomClosed } from '@frontrow/domain/admission.ts';
import type { ConcertId, UserId } from '@frontrow/domain/ids.ts';
import { type NotFound, type RoomClosed, notFound } from '@frontrow/domain/rejections.ts';
import { type Result, ok, refuse } from '@frontrow/domain/result.ts';
import type { Ports } from '../ports/ports.ts';
import { type QueueStatus, describe } from '../queue-status.ts';

export type IssueQueueTokenCommand = { readonly concertId: ConcertId; readonly userId: UserId };
export type IssuedQueueToken = { readonly status: QueueStatus; readonly created: boolean };
export type IssueQueueToken = (
  command: IssueQueueTokenCommand,
) => Promise<Result<IssuedQueueToken, NotFound | RoomClosed>>;

type IssueQueueTokenPorts = Pick<
  Ports,
  'catalog' | 'clock' | 'waitingRoom' | 'queueEndReads' | 'tokenSigner' | 'random'
>;

export function createIssueQueueToken(ports: IssueQueueTokenPorts): IssueQueueToken {
  const { catalog, clock } = ports;
  return async (command) => {
    const { concertId } = command;
    if ((await catalog.findConcert(concertId)) === null) return refuse(notFound('concert'));
    const windows = await catalog.listEvents(concertId);
    if (isRoomClosed({ windows }, clock.now())) return refuse({ code: 'ROOM_CLOSED' });
    const standing = await joinAfresh(ports, command);
    if (standing === null) return refuse(notFound('concert'));
    return ok({ status: describe(standing, null, ports), created: standing.created });
  };
}

/**
 * A place that the database says has ended is not handed out again, also when the relay that takes it out of the room
 * is late. Only an active place can have been paid for, so the crowd that waits costs no query.
 */
async function joinAfresh(
  { waitingRoom, queueEndReads }: IssueQueueTokenPorts,
  { concertId, userId }: IssueQueueTokenCommand,
) {
  const standing = await waitingRoom.join(concertId, userId);
  if (standing === null || standing.created || standing.token.status !== 'ACTIVE') return standing;
  const reason = await queueEndReads.find(standing.token);
  if (reason === null) return standing;
  await waitingRoom.end(standing.token, reason);
  return waitingRoom.join(concertId, userId);
}
