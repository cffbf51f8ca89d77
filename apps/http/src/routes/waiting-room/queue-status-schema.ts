import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { sendJson } from '../shared/send-json.ts';
import { id, instant } from '../shared/fields.ts';
import { EXAMPLE } from '../shared/examples.ts';

export const roomState = z.enum(['NOT_OPEN', 'OPEN', 'PAUSED', 'SOLD_OUT', 'CLOSED']);

const EXAMPLE_STATUS = {
  concertId: EXAMPLE.concertId,
  status: 'WAITING',
  room: 'OPEN',
  position: 2801,
  parked: false,
  estimatedWaitSeconds: 21,
  pollAfterMs: 5210,
  issuedAt: '2026-12-01T11:00:00.182Z',
  asOf: '2026-12-01T11:00:00.182Z',
  sessionExpiresAt: null,
  token: EXAMPLE.queueToken,
} as const;

export const queueStatus = z
  .object({
    concertId: id,
    status: z.enum(['WAITING', 'ACTIVE', 'COMPLETED', 'LEFT', 'EXPIRED']),
    room: roomState,
    position: z.int().nullable().meta({
      description: '1 for the next in line, 0 when ACTIVE or parked, null while places are being restored',
    }),
    parked: z.boolean().meta({ description: 'Admitted once, not seen in time: first in line on return' }),
    estimatedWaitSeconds: z.int().nullable(),
    pollAfterMs: z.int().nullable().meta({ description: 'When to ask again' }),
    issuedAt: instant,
    asOf: instant,
    sessionExpiresAt: instant.nullable(),
    token: z
      .string()
      .optional()
      .meta({ description: 'The ticket, when it was signed anew: keep the newest' }),
  })
  .meta({
    id: 'QueueStatus',
    examples: [EXAMPLE_STATUS],
  });

/** What a stream sends: when to come back after it was broken off, and a status. */
export const STREAM_EXAMPLE = `retry: 3187

event: status
id: 1796122800182.1796122800182.WAITING.OPEN.2801.false.21.null
data: ${JSON.stringify(EXAMPLE_STATUS)}

`;

/** How the answers to one room's crowd begin, which is the same for nearly all of them. */
let beginning = { concertId: '', status: '', room: '', json: '' };

function beginningOf({ concertId, status, room }: QueueStatus): string {
  if (beginning.concertId !== concertId || beginning.status !== status || beginning.room !== room)
    beginning = { concertId, status, room, json: JSON.stringify({ concertId, status, room }).slice(0, -1) };
  return beginning.json;
}

/**
 * The status as JSON, as the schema has it. Written out, because a crowd asks for it all the time: holding each answer
 * against the schema costs more than all the rest of a poll. A test holds it against the schema instead.
 */
export function queueStatusJson(of: QueueStatus): string {
  const { position, parked, estimatedWaitSeconds, pollAfterMs, sessionExpiresAt, token } = of;
  return (
    `${beginningOf(of)},"position":${position},"parked":${parked},` +
    `"estimatedWaitSeconds":${estimatedWaitSeconds},"pollAfterMs":${pollAfterMs},` +
    `"issuedAt":"${formatInstant(of.issuedAt)}","asOf":"${formatInstant(of.asOf)}",` +
    `"sessionExpiresAt":${sessionExpiresAt === null ? null : `"${formatInstant(sessionExpiresAt)}"`}` +
    (token === undefined ? '}' : `,"token":${JSON.stringify(token)}}`)
  );
}

export function sendQueueStatus(reply: FastifyReply, status: QueueStatus): FastifyReply {
  return sendJson(reply, queueStatusJson(status));
}
