import type { RoomStatistics } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { isRestoring, pauseReason, roomState as stateOf } from '@frontrow/domain/waiting-room/admission.ts';
import { EPOCH_MAX } from '@frontrow/domain/waiting-room/queue-token.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { count, formatNullable, id, instant } from '../shared/fields.ts';
import { roomState } from '../waiting-room/queue-status-schema.ts';

export const waitingRoom = z
  .object({
    concertId: id,
    room: roomState,
    reason: z
      .string()
      .nullable()
      .meta({ description: 'The text of the organiser, while the room is PAUSED' }),
    restoringUntil: instant
      .nullable()
      .meta({ description: 'Until then places are restored after a loss of Redis, and nobody is admitted' }),
    epoch: z.int().min(0).max(EPOCH_MAX).meta({ description: 'Grows when Redis has lost the room' }),
    waiting: count,
    parked: count,
    active: count,
    admittedTotal: count,
    completedTotal: count,
    rates: z.object({
      admissionsPerSecondMax: z.number().meta({ description: 'The rate that the policy allows' }),
      window: z
        .object({ openedAt: instant, admitted: count })
        .nullable()
        .meta({ description: 'The newest admission window; null before the first' }),
    }),
    waits: z
      .object({ p50Seconds: z.number(), p90Seconds: z.number(), p99Seconds: z.number() })
      .nullable()
      .meta({
        description: 'From joining to the first ACTIVE answer, within 20 %; null before the first',
      }),
    estimateError: z
      .object({
        samples: count.min(1),
        medianSeconds: z.number().min(0),
        coverage: z.number().min(0).max(1).meta({ description: 'The share of waits within the p90' }),
      })
      .nullable()
      .meta({
        description:
          'How far the last estimates of this process were from the waits that followed; null before the first',
      }),
    lastTickAt: instant.nullable(),
    asOf: instant,
  })
  .meta({
    id: 'WaitingRoom',
    examples: [
      {
        concertId: EXAMPLE.concertId,
        room: 'OPEN',
        reason: null,
        restoringUntil: null,
        epoch: 1,
        waiting: 18_200,
        parked: 12,
        active: 2_750,
        admittedTotal: 2_800,
        completedTotal: 50,
        rates: {
          admissionsPerSecondMax: 140,
          window: { openedAt: '2026-12-01T11:00:10.000Z', admitted: 1_400 },
        },
        waits: { p50Seconds: 62.2, p90Seconds: 128.9, p99Seconds: 185.7 },
        estimateError: { samples: 100, medianSeconds: 1.8, coverage: 0.92 },
        lastTickAt: '2026-12-01T11:00:10.004Z',
        asOf: '2026-12-01T11:00:14.311Z',
      },
    ],
  });

export function presentWaitingRoom(concertId: ConcertId, of: RoomStatistics): z.output<typeof waitingRoom> {
  const { batchSize, intervalMs } = of.room.config.admission;
  const { window } = of.room;
  const state = stateOf(of.room, of.asOf);
  const { restoringUntil } = of.room;
  return {
    concertId,
    room: state,
    reason: state === 'PAUSED' ? pauseReason(of.room.config, of.asOf) : null,
    restoringUntil: formatNullable(isRestoring(of.room, of.asOf) ? restoringUntil : null),
    epoch: of.epoch,
    waiting: of.waiting,
    parked: of.parked,
    active: of.active,
    admittedTotal: of.admittedTotal,
    completedTotal: of.completedTotal,
    rates: {
      admissionsPerSecondMax: (batchSize * 1000) / intervalMs,
      window: window === null ? null : { openedAt: formatInstant(window.openedAt), admitted: window.used },
    },
    waits:
      of.waits === null
        ? null
        : {
            p50Seconds: of.waits.p50Ms / 1000,
            p90Seconds: of.waits.p90Ms / 1000,
            p99Seconds: of.waits.p99Ms / 1000,
          },
    estimateError: of.estimateError && {
      samples: of.estimateError.samples,
      medianSeconds: of.estimateError.medianMs / 1000,
      coverage: of.estimateError.coverage,
    },
    lastTickAt: formatNullable(of.lastTickAt),
    asOf: formatInstant(of.asOf),
  };
}
