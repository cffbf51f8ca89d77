import {
  SEATS_PER_EVENT_MAX,
  EXTENSIONS_MAX,
  SEATS_PER_RESERVATION_MAX,
  SEATS_PER_USER_MAX,
} from '@frontrow/domain/shared/limits.ts';
import type { RefusalCode } from '@frontrow/domain/shared/refusals.ts';
import { WEBHOOK_ENDPOINTS_MAX } from '@frontrow/domain/webhooks/endpoint.ts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  COUNT_MAX,
  balance,
  gateName,
  id,
  instant,
  money,
  orderTotal,
  queueTokenStatus,
  reservationStatus,
  seatNumber,
} from '../routes/shared/fields.ts';

/** Every code of an error answer: the refusals of the domain and those of the protocol. */
export type Code =
  | RefusalCode
  | 'IDEMPOTENCY_KEY_REQUIRED'
  | 'PRECONDITION_REQUIRED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'QUEUE_TOKEN_REQUIRED'
  | 'METHOD_NOT_ALLOWED'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RATE_LIMITED'
  | 'STREAM_LIMIT'
  | 'INTERNAL'
  | 'UNAVAILABLE';

type Kind = {
  readonly status: number;
  readonly title: string;
  /** The members that the code adds to those of every problem. */
  readonly members: z.ZodRawShape;
  /** Sent as `Retry-After` where a repeat may succeed. */
  readonly retryAfterSeconds?: number;
};

const NONE = {};
const fieldError = z.object({
  pointer: z.string().meta({ description: 'RFC 6901, into the body, or into /query, /path or /header' }),
  detail: z.string(),
});

/** The table from code to HTTP; docs/refusals.md explains each row to clients. */
export const PROBLEMS = {
  VALIDATION_FAILED: {
    status: 400,
    title: 'The request is not valid',
    members: { errors: z.array(fieldError) },
  },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, title: 'An Idempotency-Key is required', members: NONE },
  TOO_MANY_SEATS: {
    status: 400,
    title: 'Too many seats for one reservation',
    members: { maxSeatsPerReservation: z.int().min(1).max(SEATS_PER_RESERVATION_MAX) },
  },
  UNAUTHENTICATED: { status: 401, title: 'A valid access token is required', members: NONE },
  INSUFFICIENT_BALANCE: {
    status: 402,
    title: 'The wallet does not cover the amount',
    members: { balance, amount: orderTotal },
  },
  FORBIDDEN: { status: 403, title: 'The access token does not allow this', members: NONE },
  QUEUE_TOKEN_REQUIRED: { status: 403, title: 'A Queue-Token is required', members: NONE },
  QUEUE_TOKEN_INVALID: { status: 403, title: 'The Queue-Token is not valid here', members: NONE },
  QUEUE_TOKEN_NOT_ACTIVE: {
    status: 403,
    title: 'The Queue-Token is not active',
    members: { queueTokenStatus },
  },
  SALE_CODE_REQUIRED: {
    status: 403,
    title: 'A sale code is required before the public start',
    members: { publicStartAt: instant },
  },
  NOT_FOUND: { status: 404, title: 'Not found', members: NONE },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed here', members: NONE },
  SEAT_UNAVAILABLE: {
    status: 409,
    title: 'A seat is not available',
    members: { unavailableSeats: z.array(seatNumber) },
  },
  NO_MATCHING_SEATS: {
    status: 409,
    title: 'No free seats meet the request',
    members: {
      togetherMax: z.int().min(0).max(SEATS_PER_RESERVATION_MAX).meta({
        description: 'How many seats the same request would get; 0 if no free seat meets its filters',
      }),
      availableCount: z
        .int()
        .min(0)
        .max(SEATS_PER_EVENT_MAX)
        .meta({ description: 'The free seats of the date that the user may have, whatever the filters' }),
    },
  },
  ORPHAN_SEATS: {
    status: 409,
    title: 'The choice leaves a single seat',
    members: {
      orphanSeats: z.array(seatNumber).meta({ description: 'The single seats: take them as well' }),
      alternativeSeats: z.array(seatNumber).meta({ description: 'As many seats that leave none' }),
    },
  },
  ACCESSIBLE_SEATS_ONLY: {
    status: 409,
    title: 'A seat is for users who need an accessible one',
    members: { accessibleSeats: z.array(seatNumber), accessibleReleaseAt: instant.nullable() },
  },
  COMPANION_SEATS_EXCEEDED: {
    status: 409,
    title: 'Too many companion seats',
    members: {
      companionSeats: z.array(seatNumber),
      companionSeatsMax: z.int().min(0).max(SEATS_PER_RESERVATION_MAX),
    },
  },
  EVENT_NOT_BOOKABLE: {
    status: 409,
    title: 'The event is not on sale',
    members: { reservationStartAt: instant, reservationEndAt: instant },
  },
  HAS_RESERVATIONS: { status: 409, title: 'Seats have been held or sold', members: NONE },
  EVENT_CANCELLED: {
    status: 409,
    title: 'The date is cancelled',
    members: { reason: z.string().nullable() },
  },
  EVENT_STARTED: { status: 409, title: 'The date has begun', members: { startsAt: instant } },
  SALES_STOPPED: {
    status: 409,
    title: 'Sales are stopped',
    members: { reason: z.string().nullable().meta({ description: "The organiser's text for fans" }) },
  },
  ROOM_CLOSED: { status: 409, title: 'The waiting room is closed', members: NONE },
  SALE_CODE_EXHAUSTED: { status: 409, title: 'The sale code has no uses left', members: NONE },
  RESERVATION_NOT_HELD: { status: 409, title: 'The reservation is not held', members: { reservationStatus } },
  RESERVATION_NOT_CONFIRMED: {
    status: 409,
    title: 'The reservation is not confirmed',
    members: { reservationStatus },
  },
  REFUND_CLOSED: {
    status: 409,
    title: 'The time for a refund is over',
    members: { refundUntil: instant },
  },
  SEAT_ALREADY_REFUNDED: {
    status: 409,
    title: 'A seat is refunded already',
    members: { refundedSeats: z.array(seatNumber) },
  },
  SEAT_CHECKED_IN: {
    status: 409,
    title: 'A seat is checked in',
    members: { checkedInSeats: z.array(seatNumber) },
  },
  WRONG_EVENT: { status: 409, title: 'The entry ticket is for another date', members: { eventId: id } },
  TICKET_REFUNDED: { status: 409, title: 'The entry ticket is refunded', members: NONE },
  ALREADY_CHECKED_IN: {
    status: 409,
    title: 'The entry ticket is used already',
    members: { checkedInAt: instant, gate: gateName.nullable() },
  },
  HOLD_LIMIT_EXCEEDED: { status: 409, title: 'Another hold is live', members: { reservationId: id } },
  SEAT_LIMIT_EXCEEDED: {
    status: 409,
    title: 'Too many seats for one user',
    members: {
      seatsPerUserMax: z.int().min(1).max(SEATS_PER_USER_MAX),
      seatsBought: z
        .int()
        .min(0)
        .max(COUNT_MAX)
        .meta({ description: 'In the confirmed reservations of the concert' }),
    },
  },
  EXTENSION_LIMIT_EXCEEDED: {
    status: 409,
    title: 'The hold cannot be extended again',
    members: { maxExtensions: z.int().min(0).max(EXTENSIONS_MAX) },
  },
  WALLET_LIMIT_EXCEEDED: {
    status: 409,
    title: 'The balance would exceed its limit',
    members: { balanceMax: money },
  },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    title: 'The first request with this key is in progress',
    retryAfterSeconds: 1,
    members: NONE,
  },
  WEBHOOK_ENDPOINT_LIMIT: {
    status: 409,
    title: 'Too many webhook endpoints',
    members: { endpointsMax: z.int().min(1).max(WEBHOOK_ENDPOINTS_MAX) },
  },
  WEBHOOKS_NOT_CONFIGURED: { status: 409, title: 'Webhooks are not configured', members: NONE },
  HOLD_EXPIRED: { status: 410, title: 'The hold has expired', members: { holdExpiresAt: instant } },
  PRECONDITION_FAILED: {
    status: 412,
    title: 'It has changed since it was read',
    members: { version: z.int().min(1).max(COUNT_MAX).meta({ description: 'The present version' }) },
  },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request is too large', members: NONE },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body must be application/json', members: NONE },
  TICKET_INVALID: { status: 422, title: 'The entry ticket is not valid', members: NONE },
  SALE_CODE_INVALID: { status: 422, title: 'The sale code is not valid', members: NONE },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The key was used with another body', members: NONE },
  PRECONDITION_REQUIRED: { status: 428, title: 'If-Match is required', members: NONE },
  HOLDS_COOLING_DOWN: {
    status: 429,
    title: 'Too many unpaid holds',
    retryAfterSeconds: 60,
    members: { coolsDownAt: instant },
  },
  RATE_LIMITED: { status: 429, title: 'Too many requests', retryAfterSeconds: 1, members: NONE },
  STREAM_LIMIT: { status: 429, title: 'Too many open streams', retryAfterSeconds: 5, members: NONE },
  INTERNAL: { status: 500, title: 'The server has a defect', members: NONE },
  UNAVAILABLE: { status: 503, title: 'Temporarily unavailable', retryAfterSeconds: 1, members: NONE },
} as const satisfies Record<Code, Kind>;

export type Problem = { readonly [C in Code]: ProblemOf<C> }[Code];

type ProblemOf<C extends Code> = {
  readonly code: C;
  /** Explains this occurrence to people. */
  readonly detail: string;
  /** Overrides the value of the code. */
  readonly retryAfterSeconds?: number;
} & (keyof (typeof PROBLEMS)[C]['members'] extends never
  ? { readonly members?: undefined }
  : { readonly members: MembersOf<C> });

type MembersOf<C extends Code> = z.output<z.ZodObject<(typeof PROBLEMS)[C]['members']>>;

export const PROBLEM_JSON = 'application/problem+json';

/** The body by RFC 9457; `instance` is the path of the request. */
export function problemBody({ code, detail, members }: Problem, instance: string): Record<string, unknown> {
  const { status, title } = PROBLEMS[code];
  return { type: `urn:frontrow:problem:${code}`, title, status, detail, instance, code, ...members };
}

/** Sends the status, headers and body of a refusal; nothing else does. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const kind: Kind = PROBLEMS[problem.code];
  const retryAfterSeconds = problem.retryAfterSeconds ?? kind.retryAfterSeconds;
  if (retryAfterSeconds !== undefined) reply.header('Retry-After', retryAfterSeconds);
  return reply
    .code(kind.status)
    .header('Cache-Control', 'no-store')
    .header('Content-Type', PROBLEM_JSON)
    .serializer(asText)
    .send(JSON.stringify(problemBody(problem, pathOf(reply.request.url))));
}

/** Replaces the serializer of the route's schema: the body is text already. */
function asText(json: unknown): string {
  return json as string;
}

/** The path of a request, without its query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
