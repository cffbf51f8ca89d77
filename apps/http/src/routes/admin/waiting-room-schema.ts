import type { RoomStatistics } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { roomState as stateOf } from '@frontrow/domain/waiting-room/admission.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { count, formatNullable, id, instant } from '../shared/fields.ts';
import { roomState } from '../waiting-room/queue-status-schema.ts';

export const waitingRoom = z
  .object({
    concertId: id,
    room: roomState,
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
    lastTickAt: instant.nullable(),
    asOf: instant,
  })
  .meta({
    id: 'WaitingRoom',
    examples: [
      {
        concertId: EXAMPLE.concertId,
        room: 'OPEN',
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
        lastTickAt: '2026-12-01T11:00:10.004Z',
        asOf: '2026-12-01T11:00:14.311Z',
      },
    ],
  });

export function presentWaitingRoom(concertId: ConcertId, of: RoomStatistics): z.output<typeof waitingRoom> {
  const { batchSize, intervalMs } = of.room.config.admission;
  const { window } = of.room;
  return {
    concertId,
    room: stateOf(of.room, of.asOf),
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
    lastTickAt: formatNullable(of.lastTickAt),
    asOf: formatInstant(of.asOf),
  };
}
