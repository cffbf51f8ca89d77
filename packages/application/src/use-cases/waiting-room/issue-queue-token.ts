import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, type RoomClosed, notFound } from '@frontrow/domain/shared/rejections.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import type { JoinedPlace } from '../../ports/waiting-room/waiting-room.ts';
import { type QueueStatus, describeQueueStatus } from '../../waiting-room/queue-status.ts';

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
    const salesEndAt = await catalog.findSalesEnd(concertId);
    // What has a date is there; the crowd is spared the second question.
    if (salesEndAt === null && (await catalog.findConcert(concertId)) === null)
      return refuse(notFound('concert'));
    if (salesEndAt !== null && salesEndAt <= clock.now()) return refuse({ code: 'ROOM_CLOSED' });
    const joined = await ports.waitingRoom.join(concertId, command.userId);
    const standing = joined?.token.status === 'ACTIVE' ? await joinAfresh(ports, command, joined) : joined;
    if (standing === null) return refuse(notFound('concert'));
    return ok({ status: describeQueueStatus(standing, null, ports), created: standing.created });
  };
}

/**
 * A place that the database says has ended is not handed out again, also when the relay that takes it out of the room
 * is late. Only an active place can have been paid for, so the crowd that waits costs no query.
 */
async function joinAfresh(
  { waitingRoom, queueEndReads }: IssueQueueTokenPorts,
  { concertId, userId }: IssueQueueTokenCommand,
  joined: JoinedPlace,
): Promise<JoinedPlace | null> {
  const reason = joined.created ? null : await queueEndReads.find(joined.token);
  if (reason === null) return joined;
  await waitingRoom.end(joined.token, reason);
  return waitingRoom.join(concertId, userId);
}
