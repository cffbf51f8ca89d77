import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, type RoomClosed, notFound } from '@frontrow/domain/shared/refusals.ts';
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
    // A concert with a date is public, so a crowd costs no second read.
    if (salesEndAt === null && (await catalog.findConcert(concertId))?.visibility !== 'PUBLISHED')
      return refuse(notFound('concert'));
    if (salesEndAt !== null && salesEndAt <= clock.now()) return refuse({ code: 'ROOM_CLOSED' });
    const joined = await ports.waitingRoom.join(concertId, command.userId);
    const status = joined?.token.status === 'ACTIVE' ? await joinUnlessEnded(ports, command, joined) : joined;
    if (status === null) return refuse(notFound('concert'));
    return ok({ status: describeQueueStatus(status, null, ports), created: status.created });
  };
}

/**
 * Replaces a place that the database has ended before the relay has ended it in the room. Only an ACTIVE place can have
 * been paid, so a crowd that waits costs no query.
 */
async function joinUnlessEnded(
  { waitingRoom, queueEndReads }: IssueQueueTokenPorts,
  { concertId, userId }: IssueQueueTokenCommand,
  joined: JoinedPlace,
): Promise<JoinedPlace | null> {
  const reason = joined.created ? null : await queueEndReads.find(joined.token);
  if (reason === null) return joined;
  await waitingRoom.end(joined.token, reason);
  return waitingRoom.join(concertId, userId);
}
