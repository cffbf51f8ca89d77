import { LABEL_LENGTH_MAX, NAME_LENGTH_MAX, type SeatPlace } from '@frontrow/domain/halls/layout.ts';
import { type NumberedSeats, placeOf } from '@frontrow/domain/halls/numbered-seats.ts';
import { z } from 'zod';
import { seatNumber } from '../shared/fields.ts';

export const RESERVED_SEATS_EXAMPLE = [
  { number: 7, section: 'Parterre', row: 'A', label: '7' },
  { number: 8, section: 'Parterre', row: 'A', label: '8' },
];

/** A seat of a date with a layout, with its place in the hall. */
export const reservedSeat = z
  .object({
    number: seatNumber,
    section: z.string().max(NAME_LENGTH_MAX),
    row: z.string().max(LABEL_LENGTH_MAX),
    label: z.string().max(LABEL_LENGTH_MAX).meta({ description: 'As it is written on the seat' }),
  })
  .meta({ id: 'ReservedSeat', examples: [RESERVED_SEATS_EXAMPLE[0]] });

type ReservedSeat = z.output<typeof reservedSeat>;

export function presentReservedSeat(number: number, place: SeatPlace | null): ReservedSeat | null {
  return place && { number, ...place };
}

/** `layout` is undefined for a date without one. */
export function presentReservedSeats(
  seatNumbers: readonly number[],
  layout: NumberedSeats | undefined,
): ReservedSeat[] | null {
  if (layout === undefined) return null;
  return seatNumbers.flatMap((number) => presentReservedSeat(number, placeOf(layout, number)) ?? []);
}
