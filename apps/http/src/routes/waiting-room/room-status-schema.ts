import type { RoomAnswer } from '@frontrow/application/use-cases/waiting-room/get-room-status.ts';
import { type DateAvailability, DATES_MAX } from '@frontrow/application/waiting-room/date-availability.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { LINE_MARKS_MAX } from '@frontrow/domain/waiting-room/line-marks.ts';
import { isRestoring, pauseReason, roomState as stateOf } from '@frontrow/domain/waiting-room/admission.ts';
import { EPOCH_MAX } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { LineAdvance } from '@frontrow/domain/waiting-room/wait-estimate/line-advance.ts';
import { WAIT_MARKS_MAX } from '@frontrow/domain/waiting-room/wait-estimate/wait-marks.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { count, formatNullable, id, instant, sequence } from '../shared/fields.ts';
import { eventDetails } from '../catalog/event-details-schema.ts';
import { roomState, seatsReturned, waitSeconds } from './queue-status-schema.ts';

const perSecond = z.number().min(0);

const { startsAt, availableCount, availableAsOf, categories } = eventDetails.shape;
const dateAvailability = z.object({ eventId: id, startsAt, availableCount, availableAsOf, categories });

export const roomStatus = z
  .object({
    concertId: id,
    room: roomState,
    reason: z
      .string()
      .nullable()
      .meta({ description: 'The text of the organiser, while the room is PAUSED' }),
    asOf: instant,
    epoch: z.int().min(0).max(EPOCH_MAX).meta({
      description:
        'Grows when Redis has lost the room: send the ticket before `restoringUntil`, so that the place is restored',
    }),
    restoringUntil: instant
      .nullable()
      .meta({ description: 'Until then places are restored: the line is not known and nobody is admitted' }),
    firstWaitingSequence: sequence.nullable().meta({
      description: 'Of the next place in the line: an earlier place is admitted, or has ended',
    }),
    line: z
      .array(z.object({ sequence, position: count.min(1) }))
      .max(LINE_MARKS_MAX)
      .meta({ description: 'Places of the waiting line, in order, with the first and the last' }),
    waits: z
      .array(z.object({ upToPosition: count.min(1), medianSeconds: waitSeconds, p90Seconds: waitSeconds }))
      .max(WAIT_MARKS_MAX)
      .meta({ description: 'The longest estimate up to each position; empty while nobody is admitted' }),
    admissionRate: z
      .object({ p10PerSecond: perSecond, medianPerSecond: perSecond, p90PerSecond: perSecond })
      .nullable()
      .meta({ description: 'How fast admissions advance the line; null while nobody is admitted' }),
    seatsLeft: z
      .object({ total: count })
      .nullable()
      .meta({ description: 'Seats on sale that are not sold; one that is held may return' }),
    dates: z.array(dateAvailability).max(DATES_MAX).nullable().meta({
      description:
        'What is available of the earliest dates on sale, a few seconds old; null while no count of the last 30 s is known',
    }),
    seatsReturned: seatsReturned.nullable(),
  })
  .meta({
    id: 'RoomStatus',
    examples: [
      {
        concertId: EXAMPLE.concertId,
        room: 'OPEN',
        reason: null,
        asOf: '2026-12-01T11:00:14.311Z',
        epoch: 1,
        restoringUntil: null,
        firstWaitingSequence: 1_099_511_630_577,
        line: [
          { sequence: 1_099_511_630_577, position: 1 },
          { sequence: 1_099_511_632_411, position: 1_823 },
          { sequence: 1_099_511_649_002, position: 18_200 },
        ],
        waits: [
          { upToPosition: 1_262, medianSeconds: 6, p90Seconds: 7 },
          { upToPosition: 2_524, medianSeconds: 16, p90Seconds: 18 },
          { upToPosition: 18_200, medianSeconds: 146, p90Seconds: 155 },
        ],
        admissionRate: { p10PerSecond: 113.6, medianPerSecond: 126.2, p90PerSecond: 138.8 },
        seatsLeft: { total: 9_412 },
        dates: [
          {
            eventId: EXAMPLE.eventId,
            startsAt: '2026-12-24T10:00:00.000Z',
            availableCount: 9_203,
            availableAsOf: '2026-12-01T11:00:11.902Z',
            categories: [
              { key: 'front', name: 'Front', price: 120_000, colour: '#1e90ff', availableCount: 803 },
              { key: 'rear', name: 'Rear', price: 80_000, colour: '#ffd700', availableCount: 8_400 },
            ],
          },
        ],
        seatsReturned: 3,
      },
    ],
  });

/** Whole seconds, rounded up as in the status of a place. */
const seconds = (ms: number) => Math.ceil(ms / 1_000);
const hundredths = (of: number) => Math.round(of * 100) / 100;

export function presentRoomStatus({ status: of, dates }: RoomAnswer): z.output<typeof roomStatus> {
  const { room, asOf, line, unsoldSeats } = of;
  const state = stateOf(room, asOf);
  return {
    concertId: of.concertId,
    room: state,
    reason: state === 'PAUSED' ? pauseReason(room.config, asOf) : null,
    asOf: formatInstant(asOf),
    epoch: of.epoch,
    restoringUntil: formatNullable(isRestoring(room, asOf) ? room.restoringUntil : null),
    firstWaitingSequence: line[0]?.sequence ?? null,
    line: [...line],
    waits: of.waits.map(({ upToPosition, medianMs, p90Ms }) => ({
      upToPosition,
      medianSeconds: seconds(medianMs),
      p90Seconds: seconds(p90Ms),
    })),
    admissionRate: of.advance && presentRate(of.advance),
    seatsLeft: unsoldSeats === null ? null : { total: unsoldSeats },
    dates: dates && dates.map(presentDate),
    seatsReturned: room.seatsReturned,
  };
}

function presentDate({
  event,
  available,
  categories: left,
}: DateAvailability): z.output<typeof dateAvailability> {
  return {
    eventId: event.id,
    startsAt: formatInstant(event.startsAt),
    availableCount: available.count,
    availableAsOf: formatInstant(available.asOf),
    categories: left && [...left],
  };
}

function presentRate({ p10PerSecond, medianPerSecond, p90PerSecond }: LineAdvance) {
  return {
    p10PerSecond: hundredths(p10PerSecond),
    medianPerSecond: hundredths(medianPerSecond),
    p90PerSecond: hundredths(p90PerSecond),
  };
}
