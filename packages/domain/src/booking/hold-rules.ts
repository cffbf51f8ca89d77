import { type ConcertEvent, mayBook } from '../catalog/concert.ts';
import type { Instant } from '../shared/instant.ts';
import {
  type EventNotBookable,
  type NotFound,
  type QueueTokenInvalid,
  type QueueTokenNotActive,
  type SeatUnavailable,
  type TooManySeats,
  type ValidationFailed,
  notFound,
} from '../shared/rejections.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import { type ActiveToken, type QueueToken, type Ticket, mayEnter } from '../waiting-room/queue-token.ts';
import type { HoldPolicy } from './hold-policy.ts';
import { chooseSeats, inLockOrder } from './seat.ts';

/** An event as the database knows it at `asOf`, which is the database's clock. */
export type EventOnSale = { readonly event: ConcertEvent; readonly hold: HoldPolicy; readonly asOf: Instant };

/** A fan's request for seats, with the queue token that the fan's ticket stands for. */
export type RequestedHold = {
  readonly seatNumbers: readonly number[];
  readonly ticket: Ticket;
  readonly token: QueueToken;
};

/** Seats that may be held, in the order in which they are locked. */
export type PermittedHold = EventOnSale & { readonly seatNumbers: readonly number[] };

type RuleRefusal =
  QueueTokenInvalid | QueueTokenNotActive | EventNotBookable | TooManySeats | ValidationFailed;
type HoldRule = (request: RequestedHold, onSale: EventOnSale) => Result<unknown, RuleRefusal>;

/**
 * What a hold needs beside free seats; the first refusal in this order is the answer. NOT_FOUND precedes them. Only the
 * writes can show SEAT_UNAVAILABLE, HOLD_LIMIT_EXCEEDED and the end of the place, which follow in this order.
 */
const HOLD_RULES: readonly HoldRule[] = [
  ({ ticket }, { event }) =>
    ticket.concertId === event.concertId ? ok(ticket) : refuse({ code: 'QUEUE_TOKEN_INVALID' }),
  ({ token }, { asOf }) => mayHoldAt(token, asOf),
  (_, { event, asOf }) => mayBook(event, asOf),
  ({ seatNumbers }, { event, hold }) => chooseSeats(seatNumbers, event.seatCount, hold),
];

/** Decides on a hold before a seat is read. `onSale` is null for an unknown event. */
export function permitHold(
  request: RequestedHold,
  onSale: EventOnSale | null,
): Result<PermittedHold, NotFound | RuleRefusal> {
  if (onSale === null) return refuse(notFound('event'));
  for (const rule of HOLD_RULES) {
    const decision = rule(request, onSale);
    if (!decision.ok) return decision;
  }
  return ok({ ...onSale, seatNumbers: inLockOrder(request.seatNumbers) });
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

/** The refusal of a hold that finds the seats `taken` held or sold; null when every seat is free. */
export function refusalByAvailability(
  request: RequestedHold,
  { onSale, taken }: { readonly onSale: EventOnSale | null; readonly taken: ReadonlySet<number> },
): NotFound | RuleRefusal | SeatUnavailable | null {
  const permitted = permitHold(request, onSale);
  if (!permitted.ok) return permitted.refusal;
  const unavailableSeats = permitted.value.seatNumbers.filter((number) => taken.has(number));
  return unavailableSeats.length === 0 ? null : { code: 'SEAT_UNAVAILABLE', unavailableSeats };
}
