import type { GateCounts } from '@frontrow/application/ports/booking/gate-check-ins.ts';
import type { GateCheckIn } from '@frontrow/domain/booking/entry-ticket.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { GATE_LENGTH_MAX, SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';

import { gateName, id, instant, name, seatNumber } from '../shared/fields.ts';

const CODE_LENGTH_MAX = 1_000;

export const newCheckIn = z
  .strictObject({
    code: z.string().min(1).max(CODE_LENGTH_MAX).meta({ description: 'The text that the gate has scanned' }),
    eventId: id.optional().meta({
      description: 'The date that the gate admits to; without it, tickets of every date are accepted',
    }),
    gate: name
      .max(GATE_LENGTH_MAX)
      .optional()
      .meta({ description: 'What a refusal of the same ticket calls this gate' }),
  })
  .meta({
    id: 'NewCheckIn',
    examples: [{ code: EXAMPLE.ticketCode, eventId: EXAMPLE.eventId, gate: 'North 2' }],
  });

export const checkIn = z
  .object({
    reservationId: id,
    eventId: id,
    seatNumber,
    gate: gateName.nullable(),
    checkedInAt: instant,
  })
  .meta({
    id: 'CheckIn',
    examples: [
      {
        reservationId: EXAMPLE.reservationId,
        eventId: EXAMPLE.eventId,
        seatNumber: 7,
        gate: 'North 2',
        checkedInAt: '2026-12-24T09:31:04.087Z',
      },
    ],
  });

const seatCount = z.int().min(0).max(SEATS_PER_EVENT_MAX);

export const checkInCounts = z
  .object({
    eventId: id,
    ticketCount: seatCount.meta({ description: 'Seats that are sold' }),
    checkedInCount: seatCount.meta({ description: 'Those of them that are checked in' }),
    asOf: instant,
  })
  .meta({
    id: 'CheckInCounts',
    examples: [
      { eventId: EXAMPLE.eventId, ticketCount: 48, checkedInCount: 31, asOf: '2026-12-24T09:31:05.002Z' },
    ],
  });

export function presentCheckIn(of: GateCheckIn): z.output<typeof checkIn> {
  const { reservationId, eventId, seatNumber: number, gate } = of;
  return { reservationId, eventId, seatNumber: number, gate, checkedInAt: formatInstant(of.checkedInAt) };
}

export function presentCheckInCounts(
  eventId: EventId,
  { ticketCount, checkedInCount, asOf }: GateCounts,
): z.output<typeof checkInCounts> {
  return { eventId, ticketCount, checkedInCount, asOf: formatInstant(asOf) };
}
