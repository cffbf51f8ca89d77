import { type ConcertEvent, mayBook } from '../catalog/concert.ts';
import { type Sales, maySell } from '../catalog/sales.ts';
import type { RequestedBest } from '../halls/requested-best.ts';
import type { ReservationId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import {
  type EventNotBookable,
  type HoldLimitExceeded,
  type NotFound,
  type QueueTokenInvalid,
  type QueueTokenNotActive,
  type EventCancelled,
  type SalesStopped,
  type SeatUnavailable,
  type TooManySeats,
  type ValidationFailed,
  notFound,
} from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import {
  type ActiveToken,
  type EndReason,
  type QueueToken,
  type Ticket,
  mayEnter,
} from '../waiting-room/queue-token.ts';
import type { HoldPolicy } from './hold-policy.ts';
import { chooseSeats, inLockOrder, limitSeats } from './seat.ts';

/** An event as the database knows it at `asOf`, which is the database's clock. */
export type EventOnSale = {
  readonly event: ConcertEvent;
  /** Of the date and its concert. */
  readonly sales: Sales;
  readonly hold: HoldPolicy;
  readonly asOf: Instant;
};

/** The seats that a fan names, or a request for the best available ones. */
export type RequestedSeats =
  | {
      readonly seatNumbers: readonly number[];
      /** Whether the fan says that they need an accessible seat. */
      readonly accessible?: boolean;
      readonly bestAvailable?: undefined;
    }
  | { readonly bestAvailable: RequestedBest; readonly seatNumbers?: undefined };

/** A fan's request for seats, with the queue token that the fan's ticket stands for. */
export type RequestedHold = RequestedSeats & { readonly ticket: Ticket; readonly token: QueueToken };

/** An event on sale, and the live hold that the requesting user has in its concert. */
export type HoldContext = {
  /** Null for an unknown event. */
  readonly onSale: EventOnSale | null;
  readonly liveHold: ReservationId | null;
};

/** Seats that may be held, in the order in which they are locked; null for the best available ones. */
export type PermittedHold = EventOnSale & { readonly seatNumbers: readonly number[] | null };

type RuleRefusal =
  | QueueTokenInvalid
  | QueueTokenNotActive
  | EventNotBookable
  | SalesStopped
  | EventCancelled
  | TooManySeats
  | ValidationFailed
  | HoldLimitExceeded;
type HoldRule = (
  request: RequestedHold,
  onSale: EventOnSale,
  liveHold: ReservationId | null,
) => Result<unknown, RuleRefusal>;

/**
 * What a hold needs beside free seats; the first refusal in this order is the answer. NOT_FOUND precedes them. Only the
 * writes can show SEAT_UNAVAILABLE and the refusals of `limitByHistory`, which follow in this order.
 */
const HOLD_RULES: readonly HoldRule[] = [
  ({ ticket }, { event }) =>
    ticket.concertId === event.concertId ? ok(ticket) : refuse({ code: 'QUEUE_TOKEN_INVALID' }),
  ({ token }, { asOf }) => mayHoldAt(token, asOf),
  (_, { event, asOf }) => mayBook(event, asOf),
  (_, { sales }) => maySell(sales),
  ({ seatNumbers, bestAvailable }, { event, hold }) =>
    bestAvailable === undefined
      ? chooseSeats(seatNumbers, event.seatCount, hold)
      : limitSeats(bestAvailable.count, hold),
  // Before the seats: to its fan, a seat of the live hold is not somebody else's.
  (_request, _onSale, liveHold) => refuseSecondHold(liveHold),
];

/** Decides on a hold before a seat is read. */
export function permitHold(
  request: RequestedHold,
  { onSale, liveHold }: HoldContext,
): Result<PermittedHold, NotFound | RuleRefusal> {
  if (onSale === null) return refuse(notFound('event'));
  for (const rule of HOLD_RULES) {
    const decision = rule(request, onSale, liveHold);
    if (!decision.ok) return decision;
  }
  const { seatNumbers } = request;
  return ok({ ...onSale, seatNumbers: seatNumbers === undefined ? null : inLockOrder(seatNumbers) });
}

/** How many seats the request is for. */
export function countRequested({ seatNumbers, bestAvailable }: RequestedSeats): number {
  return bestAvailable === undefined ? seatNumbers.length : bestAvailable.count;
}

/** Whether the user says that they need an accessible seat. */
export function needsAccessible(request: RequestedSeats): boolean {
  const { accessible } = request.bestAvailable ?? request;
  return accessible === true;
}

export function refuseSecondHold(liveHold: ReservationId | null): Result<undefined, HoldLimitExceeded> {
  return liveHold === null ? ok(undefined) : refuse({ code: 'HOLD_LIMIT_EXCEEDED', reservationId: liveHold });
}

/** A session holds seats until its end, however late the request reaches the database. */
function mayHoldAt(token: QueueToken, now: Instant): Result<ActiveToken, QueueTokenNotActive> {
  const active = mayEnter(token);
  if (active.ok && active.value.sessionExpiresAt <= now)
    return refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: 'EXPIRED' });
  return active;
}

/**
 * Decides once more at `heldAt`, the moment when the seats were locked: a hold may have waited for them until after the
 * session's end or the end of sales. A hold ends no later than its event starts.
 */
export function limitHold(
  { token }: RequestedHold,
  event: ConcertEvent,
  { heldAt, holdExpiresAt }: { readonly heldAt: Instant; readonly holdExpiresAt: Instant },
): Result<Instant, QueueTokenNotActive | EventNotBookable> {
  const active = mayHoldAt(token, heldAt);
  if (!active.ok) return active;
  const bookable = mayBook(event, heldAt);
  return bookable.ok ? ok(Math.min(holdExpiresAt, event.startsAt)) : bookable;
}

/** What a hold finds, all as of one moment. */
export type HoldAvailability = HoldContext & {
  /** The seats that are held or sold. */
  readonly taken: ReadonlySet<number>;
  /** Why the place of the ticket has ended. */
  readonly end: EndReason | null;
};

/** The refusal of a hold that finds `availability`; null when nothing stands against the hold. */
export function refusalByAvailability(
  request: RequestedHold,
  { taken, end, ...context }: HoldAvailability,
): NotFound | RuleRefusal | SeatUnavailable | null {
  const permitted = permitHold(request, context);
  if (!permitted.ok) return permitted.refusal;
  const unavailableSeats = (permitted.value.seatNumbers ?? []).filter((number) => taken.has(number));
  if (unavailableSeats.length > 0) return { code: 'SEAT_UNAVAILABLE', unavailableSeats };
  return end === null ? null : { code: 'QUEUE_TOKEN_NOT_ACTIVE', status: end };
}
