import type { SeatStates } from '@frontrow/application/ports/booking/seats.ts';
import { STATE_LETTERS } from '@frontrow/domain/booking/seat-states.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { presentSales, salesFields } from '../catalog/sales-schema.ts';
import { EXAMPLE } from '../shared/examples.ts';
import { id, instant, layoutVersion, money } from '../shared/fields.ts';

const LETTERS = Object.values(STATE_LETTERS).join('');
const LEGEND = Object.entries(STATE_LETTERS)
  .map(([status, letter]) => `${letter} ${status}`)
  .join(', ');

/** A letter for each of consecutive seats. */
export const stateLetters = z
  .string()
  .max(SEATS_PER_EVENT_MAX)
  .regex(new RegExp(`^[${LETTERS}]*$`));

/** The members of a date that change while fans watch its seats. */
export const seatStatesFacts = {
  asOf: instant.meta({ description: "The database's clock at the read" }),
  layoutVersion,
  price: money.meta({ description: 'Whole won; the lowest price of a date with a layout' }),
  ...salesFields,
};

export const STATES_EXAMPLE = {
  eventId: EXAMPLE.eventId,
  asOf: '2026-12-01T11:00:00.182Z',
  layoutVersion: 1,
  price: 120_000,
  salesState: 'RUNNING',
  reason: null,
  states: 'AAHSSAAA',
};

export const seatStates = z
  .object({
    eventId: id,
    ...seatStatesFacts,
    states: stateLetters.meta({
      description: `A letter for each seat, that of seat n at index n - 1: ${LEGEND}`,
    }),
  })
  .meta({
    id: 'SeatStates',
    examples: [STATES_EXAMPLE],
  });

export function presentSeatStates(read: SeatStates): z.output<typeof seatStates> {
  return { eventId: read.event.id, ...presentFacts(read), states: read.letters };
}

export function presentFacts({ asOf, event, sales }: Omit<SeatStates, 'letters' | 'ended'>) {
  return {
    asOf: formatInstant(asOf),
    layoutVersion: event.layoutVersion,
    price: event.price,
    ...presentSales(sales),
  };
}
