import { seatNumbersOf, withSeats } from '@frontrow/domain/webhooks/message-seats.ts';
import type { OrderedMessage } from '../ports/webhooks/webhook-deliveries.ts';
import type { FindReservedPlaces, ReservedPlace } from '../use-cases/halls/find-reserved-places.ts';

/**
 * Adds the places and categories of the seats, by the present layouts. Messages about a date without a layout, and those
 * without seats, stay as they are.
 */
export async function addPlaces(
  messages: readonly OrderedMessage[],
  findReservedPlaces: FindReservedPlaces,
): Promise<readonly OrderedMessage[]> {
  const numbered = messages.map((ordered) => ({ ordered, seats: seatNumbersOf(ordered.message) }));
  const placesOf = await findReservedPlaces(numbered.flatMap(({ seats }) => seats ?? []));
  return numbered.map(({ ordered, seats }) => {
    const places = seats === null ? undefined : placesOf.get(seats.eventId);
    if (seats === null || places === undefined) return ordered;
    const placed = seats.seatNumbers.flatMap((number) => placedSeat(number, places.get(number)));
    return { ...ordered, message: withSeats(ordered.message, placed) };
  });
}

function placedSeat(number: number, place: ReservedPlace | undefined) {
  if (place === undefined) return [];
  const { section, row, label, category } = place;
  return [{ number, section, row, label, category: category.key }];
}
