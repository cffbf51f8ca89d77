import type { QueueStatus } from '@frontrow/application/queue-status.ts';
import { formatInstant } from '@frontrow/domain/instant.ts';
import { z } from 'zod';
import { formatNullable, id, instant } from './common.ts';
import { EXAMPLE } from './examples.ts';

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

export function presentQueueStatus(of: QueueStatus): z.output<typeof queueStatus> {
  return {
    concertId: of.concertId,
    status: of.status,
    room: of.room,
    position: of.position,
    parked: of.parked,
    estimatedWaitSeconds: of.estimatedWaitSeconds,
    pollAfterMs: of.pollAfterMs,
    issuedAt: formatInstant(of.issuedAt),
    asOf: formatInstant(of.asOf),
    sessionExpiresAt: formatNullable(of.sessionExpiresAt),
    ...(of.token === undefined ? {} : { token: of.token }),
  };
}
