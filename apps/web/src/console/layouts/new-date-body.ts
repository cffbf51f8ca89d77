import type { Layout, NewEvent } from '@frontrow/client';
import type { EventTexts } from '../event/overview/event-form.ts';

/** Where the seats of a new date come from. */
export type NewSeats =
  | { readonly kind: 'plain' }
  | { readonly kind: 'template'; readonly layoutTemplateId: string }
  | { readonly kind: 'layout'; readonly layout: Layout };

/** The request for a new date. Empty texts are left to the server. */
export function newDateBody(texts: EventTexts, seats: NewSeats): NewEvent {
  const {
    venue,
    startsAt,
    timeZone,
    reservationStartAt,
    reservationEndAt,
    refundUntil,
    accessibleReleaseAt,
  } = texts;
  return {
    venue,
    startsAt,
    reservationStartAt,
    reservationEndAt,
    ...(timeZone === '' ? {} : { timeZone }),
    ...(refundUntil === '' ? {} : { refundUntil }),
    ...seatsOf(texts, seats),
    ...(accessibleReleaseAt === '' || seats.kind === 'plain' ? {} : { accessibleReleaseAt }),
  };
}

function seatsOf({ seatCount, price }: EventTexts, seats: NewSeats): Partial<NewEvent> {
  if (seats.kind === 'template') return { layoutTemplateId: seats.layoutTemplateId };
  if (seats.kind === 'layout') return { layout: seats.layout };
  return { seatCount: Number(seatCount), price: Number(price) };
}
