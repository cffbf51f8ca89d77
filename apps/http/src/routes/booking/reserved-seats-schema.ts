import { LABEL_LENGTH_MAX, NAME_LENGTH_MAX, type SeatPlace } from '@frontrow/domain/halls/layout.ts';
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
  return place && { number, section: place.section, row: place.row, label: place.label };
}

/** `places` is undefined for a date without a layout. */
export function presentReservedSeats(
  seatNumbers: readonly number[],
  places: ReadonlyMap<number, SeatPlace> | undefined,
): ReservedSeat[] | null {
  if (places === undefined) return null;
  return seatNumbers.flatMap((number) => presentReservedSeat(number, places.get(number) ?? null) ?? []);
}
