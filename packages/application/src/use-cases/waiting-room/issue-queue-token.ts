import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import {
  type NotFound,
  type RoomClosed,
  type SaleCodeExhausted,
  type SaleCodeInvalid,
  type SaleCodeRequired,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { mayJoin } from '@frontrow/domain/waiting-room/presale.ts';
import type { Ports } from '../../ports/ports.ts';
import type { JoinedPlace } from '../../ports/waiting-room/waiting-room.ts';
import { type QueueStatus, describeQueueStatus } from '../../waiting-room/queue-status.ts';
import { useSaleCode } from '../../waiting-room/use-sale-code.ts';

export type IssueQueueTokenCommand = {
  readonly concertId: ConcertId;
  readonly userId: UserId;
  /** As the fan has typed it. It is ignored where the join needs none. */
  readonly saleCode?: string | undefined;
};
export type IssuedQueueToken = { readonly status: QueueStatus; readonly created: boolean };
export type IssueQueueToken = (
  command: IssueQueueTokenCommand,
) => Promise<
  Result<IssuedQueueToken, NotFound | RoomClosed | SaleCodeRequired | SaleCodeInvalid | SaleCodeExhausted>
>;

type IssueQueueTokenPorts = Pick<
  Ports,
  | 'catalog'
  | 'clock'
  | 'waitingRoom'
  | 'queueEndReads'
  | 'tokenSigner'
  | 'random'
  | 'transact'
  | 'saleCodeTexts'
>;

export function createIssueQueueToken(ports: IssueQueueTokenPorts): IssueQueueToken {
  const { catalog, clock } = ports;
  return async (command) => {
    const { concertId } = command;
    const rules = await catalog.findJoinRules(concertId);
    if (rules === null) return refuse(notFound('concert'));
    const allowed = mayJoin(rules, command.saleCode ?? null, clock.now());
    if (!allowed.ok) return allowed;
    const used = allowed.value === null ? null : await useSaleCode(ports, command, allowed.value);
    if (used?.ok === false) return used;
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
