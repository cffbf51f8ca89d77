import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { DURATION_MAX_MS } from '@frontrow/domain/shared/limits.ts';
import { POLL_MAX_MS } from '@frontrow/domain/waiting-room/admission.ts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { COUNT_MAX, count, id, instant, queueTokenStatus, sequence } from '../shared/fields.ts';
import { sendJson } from '../shared/send-json.ts';

export const roomState = z.enum(['NOT_OPEN', 'OPEN', 'PAUSED', 'SOLD_OUT', 'CLOSED']);

const EXAMPLE_STATUS = {
  concertId: EXAMPLE.concertId,
  status: 'WAITING',
  sequence: 1_099_511_632_177,
  room: 'OPEN',
  reason: null,
  seatsReturned: 0,
  position: 2801,
  parked: false,
  estimatedWaitSeconds: 21,
  pollAfterMs: 5210,
  issuedAt: '2026-12-01T11:00:00.182Z',
  asOf: '2026-12-01T11:00:00.182Z',
  sessionExpiresAt: null,
  token: EXAMPLE.queueToken,
} as const;

/** The wait of the last in the longest line, where one fan is admitted per longest interval. */
const WAIT_MAX_S = (COUNT_MAX * DURATION_MAX_MS) / 1000;
export const waitSeconds = z.int().min(0).max(WAIT_MAX_S);

/** In the status of a place and in that of a room. */
export const seatsReturned = count.meta({
  description:
    'Seats that refunds have returned to sale since the sale began, also where they were sold again; lapsed holds do not ' +
    'count. Null before the first count',
});

export const queueStatus = z
  .object({
    concertId: id,
    status: queueTokenStatus,
    sequence: sequence.meta({
      description: 'Of the place: with the status of the room it gives the position',
    }),
    room: roomState,
    reason: z
      .string()
      .nullable()
      .meta({ description: "The organiser's text for fans, while the room is PAUSED" }),
    seatsReturned: seatsReturned.nullable(),
    position: count.nullable().meta({
      description:
        '1 for the next place in the waiting line, 0 when ACTIVE or parked, null while the room is restored',
    }),
    parked: z.boolean().meta({
      description:
        'Admitted, but without a check-in in time: among the first to be admitted after a check-in',
    }),
    estimatedWaitSeconds: waitSeconds.nullable().meta({ description: 'Null while nobody is admitted' }),
    pollAfterMs: z
      .int()
      .min(0)
      .max(2 * POLL_MAX_MS)
      .nullable()
      .meta({ description: 'When to poll again; null after the end' }),
    issuedAt: instant,
    asOf: instant,
    sessionExpiresAt: instant.nullable(),
    token: z.string().optional().meta({ description: 'A new ticket, which replaces the one that was sent' }),
  })
  .meta({
    id: 'QueueStatus',
    examples: [EXAMPLE_STATUS],
  });

/** A stream's first lines: the delay before a reconnection, and a status. */
export const STREAM_EXAMPLE = `retry: 3187

event: status
id: 1796122800182.1796122800182.WAITING.OPEN.0.2801.false.21.null.
data: ${JSON.stringify(EXAMPLE_STATUS)}

`;

/** The newest first five members as JSON: nearly all polls of a room share them. */
let head: Head & { readonly json: string } = {
  concertId: '',
  status: 'LEFT',
  room: 'CLOSED',
  reason: '',
  seatsReturned: null,
  json: '',
};
type Head = Pick<QueueStatus, 'concertId' | 'status' | 'room' | 'reason' | 'seatsReturned'>;

function headOf({ concertId, status, room, reason, seatsReturned: returned }: Head): string {
  if (
    head.concertId !== concertId ||
    head.status !== status ||
    head.room !== room ||
    head.reason !== reason ||
    head.seatsReturned !== returned
  ) {
    const members = { concertId, status, room, reason, seatsReturned: returned };
    head = { ...members, json: JSON.stringify(members).slice(0, -1) };
  }
  return head.json;
}

/**
 * The status as JSON of the shape of `queueStatus`; a test proves it. Written by hand, because every poll pays for it:
 * docs/decisions/0027 has the costs of the alternatives.
 */
export function queueStatusJson(of: QueueStatus): string {
  const {
    sequence: drawn,
    position,
    parked,
    estimatedWaitSeconds,
    pollAfterMs,
    sessionExpiresAt,
    token,
  } = of;
  return (
    `${headOf(of)},"sequence":${drawn},"position":${position},"parked":${parked},` +
    `"estimatedWaitSeconds":${estimatedWaitSeconds},"pollAfterMs":${pollAfterMs},` +
    `"issuedAt":"${formatInstant(of.issuedAt)}","asOf":"${formatInstant(of.asOf)}",` +
    `"sessionExpiresAt":${sessionExpiresAt === null ? null : `"${formatInstant(sessionExpiresAt)}"`}` +
    (token === undefined ? '}' : `,"token":${JSON.stringify(token)}}`)
  );
}

export function sendQueueStatus(reply: FastifyReply, status: QueueStatus): FastifyReply {
  return sendJson(reply, queueStatusJson(status));
}
