import { type RequestedSeats, refusalByAvailability } from '@frontrow/domain/booking/hold-rules.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import type { EventId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { IdempotencyInProgress, IdempotencyKeyReused } from '@frontrow/domain/shared/refusals.ts';
import { type Result, refuse } from '@frontrow/domain/shared/result.ts';
import type { QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { decideHolds } from '../../booking/decide-holds.ts';
import type { HoldRefusal } from '../../booking/hold-request.ts';
import type { FindHall } from '../../halls/find-hall.ts';
import type { Ports } from '../../ports/ports.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import { Unavailable } from '../../ports/shared/unavailable.ts';
import type { LockMode } from '../../ports/shared/lock-mode.ts';
import { answerTogether } from '../../shared/answer-together.ts';
import { GROUP_MAX, createGroupQueue } from '../../shared/group-queue.ts';
import type { Answer } from '../../shared/idempotently.ts';

export type HoldSeatsCommand = RequestedSeats & {
  readonly userId: UserId;
  readonly eventId: EventId;
  readonly ticket: Ticket;
  readonly request: IdempotentRequest;
};
type HoldOutcome = Result<
  Answer<HeldReservation>,
  HoldRefusal | IdempotencyKeyReused | IdempotencyInProgress
>;
export type HoldSeats = (command: HoldSeatsCommand) => Promise<HoldOutcome>;

type HoldSeatsPorts = Pick<
  Ports,
  'transact' | 'seatReads' | 'waitingRoom' | 'seatLock' | 'ids' | 'traces'
> & {
  readonly findHall: FindHall;
};
/** A request with the queue token that its ticket stands for. */
type Request = HoldSeatsCommand & { readonly token: QueueToken };

/** How many transactions a request for the best available seats gets by itself; every other one waits for its locks. */
const BEST_ATTEMPTS_MAX = 10;

/** Holds seats in one transaction, together with the holds of the same date that arrive while another one runs. */
export function createHoldSeats(ports: HoldSeatsPorts, groupMax = GROUP_MAX): HoldSeats {
  const { waitingRoom, seatLock } = ports;
  const runAlone = (_: EventId, request: Request) => holdAlone(ports, request);
  const holdInGroup = createGroupQueue<Request, HoldOutcome>(
    {
      // A fan has one hold in a concert, so a second request waits for the first.
      resourcesOf: ({ userId, seatNumbers }) => [
        `user ${userId}`,
        ...(seatNumbers ?? []).map((number) => `seat ${number}`),
      ],
      screen: (eventId, requests) => screenRequests(ports, eventId, requests),
      runTogether: (_, requests) => holdTogether(ports, requests, 'SKIP'),
      runAlone,
    },
    { groupMax },
    ports.traces,
  );

  return async (command) => {
    const { eventId, seatNumbers } = command;
    const token = await readToken(waitingRoom, command.ticket);
    const request = { ...command, token, traceparent: ports.traces.current() };
    if (seatLock === null || seatNumbers === undefined) return holdInGroup(eventId, request);
    const release = await seatLock.acquire(eventId, seatNumbers);
    try {
      return await runAlone(eventId, request);
    } finally {
      await release();
    }
  };
}

/**
 * A snapshot in which the place is ACTIVE is enough, because the transaction checks the session's end and the end of the
 * place. A refusal for the token needs the room's own answer.
 */
async function readToken(waitingRoom: Ports['waitingRoom'], ticket: Ticket): Promise<QueueToken> {
  const status = await waitingRoom.freshStatus(ticket);
  if (status?.token.status === 'ACTIVE') return status.token;
  const { token } = await waitingRoom.checkIn(ticket);
  return token;
}

/** The refusals of requests that one read decides; null for the others, and for those with a stored answer. */
async function screenRequests(
  { seatReads }: HoldSeatsPorts,
  eventId: EventId,
  requests: readonly Request[],
): Promise<readonly (HoldOutcome | null)[]> {
  const { onSale, taken, liveHolds, ended, hasAnswered } = await seatReads.findAvailability(
    eventId,
    requests.map((request) => ({ ...request, seatNumbers: request.seatNumbers ?? [] })),
  );
  return requests.map((request) => {
    if (hasAnswered(request.request)) return null;
    const { userId, ticket } = request;
    const end = ended.find((each) => each.sequence === ticket.sequence && each.userId === userId);
    const liveHold = liveHolds.get(userId) ?? null;
    const refusal = refusalByAvailability(request, { onSale, liveHold, taken, end: end?.reason ?? null });
    return refusal === null ? null : refuse(refusal);
  });
}

/** Holds in a transaction that waits for its locks. */
async function holdAlone(ports: HoldSeatsPorts, request: Request): Promise<HoldOutcome> {
  if (request.bestAvailable !== undefined) return holdBestAlone(ports, request);
  const [outcome] = await holdTogether(ports, [request], 'WAIT');
  invariant(outcome !== undefined && outcome !== null, 'a hold that waits for its locks is decided');
  return outcome;
}

/** Chooses again in a new transaction while others take the seats that are chosen; one that waits locks no others. */
async function holdBestAlone(ports: HoldSeatsPorts, request: Request): Promise<HoldOutcome> {
  for (let attempt = 1; attempt <= BEST_ATTEMPTS_MAX; attempt += 1) {
    const [outcome = null] = await holdTogether(ports, [request], attempt % 2 === 1 ? 'WAIT' : 'SKIP');
    const isLost = outcome === null || (!outcome.ok && outcome.refusal.code === 'SEAT_UNAVAILABLE');
    if (!isLost) return outcome;
  }
  throw new Unavailable('mysql', { cause: new Error('others take the seats as fast as they are chosen') });
}

function holdTogether(
  { transact, ids, findHall }: HoldSeatsPorts,
  requests: readonly Request[],
  mode: LockMode,
): Promise<readonly (HoldOutcome | null)[]> {
  const { eventId } = requests[0]!;
  return answerTogether(transact, requests, { eventId }, (unit, newRequests: readonly Request[]) =>
    decideHolds(unit, newRequests, { mode, ids, findHall }),
  );
}
