import type { Seating } from '@frontrow/application/use-cases/catalog/create-event.ts';
import type { ConcertEvent, EventChanges } from '@frontrow/domain/catalog/concert.ts';
import { TIME_ZONE_DEFAULT, isTimeZone } from '@frontrow/domain/catalog/time-zone.ts';
import { type Instant, formatInstant } from '@frontrow/domain/shared/instant.ts';
import { SEATS_PER_EVENT_DEFAULT, SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { layout, layoutExample } from '../halls/layout-schema.ts';
import { EXAMPLE } from '../shared/examples.ts';
import { id, instant, instantInput, layoutVersion, money, name, parseInstant } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';
import { presentSales, salesFields } from './sales-schema.ts';

const facts = {
  venue: 'Olympic Hall, Seoul',
  startsAt: '2026-12-24T10:00:00.000Z',
  timeZone: 'Asia/Seoul',
  reservationStartAt: '2026-12-01T11:00:00.000Z',
  reservationEndAt: '2026-12-24T09:00:00.000Z',
  refundUntil: '2026-12-20T15:00:00.000Z',
};
const seating = { seatCount: 50, price: 120_000 };
export const eventExample = {
  id: EXAMPLE.eventId,
  concertId: EXAMPLE.concertId,
  ...facts,
  ...seating,
  layoutVersion: 0,
  accessibleReleaseAt: null,
  salesState: 'RUNNING',
  reason: null,
};

export const event = z
  .object({
    id,
    concertId: id,
    venue: z.string(),
    startsAt: instant,
    timeZone: z.string().meta({ description: 'The IANA name of the zone of the venue' }),
    reservationStartAt: instant,
    reservationEndAt: instant,
    refundUntil: instant,
    seatCount: z.int().min(1).max(SEATS_PER_EVENT_MAX),
    price: money.meta({ description: 'Whole won; the lowest price of a date with a layout' }),
    layoutVersion: layoutVersion.meta({ description: 'Of the layout; 0 for a date without one' }),
    accessibleReleaseAt: instant
      .nullable()
      .meta({ description: 'When accessible and companion seats are sold like all others; null for never' }),
    ...salesFields,
  })
  .meta({ id: 'Event', examples: [eventExample] });

export const eventPage = pageOf(event).meta({
  id: 'EventPage',
  examples: [{ items: [eventExample], nextCursor: EXAMPLE.cursor }],
});

const TIME_ZONE_LENGTH_MAX = 64;
const timeZone = z
  .string()
  .max(TIME_ZONE_LENGTH_MAX)
  .refine(isTimeZone, 'must be the IANA name of a time zone, such as Asia/Seoul')
  .meta({ description: 'The IANA name of the zone of the venue' });

export const newEvent = z
  .strictObject({
    venue: name,
    startsAt: instantInput,
    timeZone: timeZone.default(TIME_ZONE_DEFAULT),
    reservationStartAt: instantInput,
    reservationEndAt: instantInput,
    refundUntil: instantInput.optional(),
    accessibleReleaseAt: instantInput
      .nullable()
      .default(null)
      .meta({ description: 'When accessible and companion seats are sold like all others; null for never' }),
    seatCount: z
      .int()
      .min(1)
      .max(SEATS_PER_EVENT_MAX)
      .optional()
      .meta({ description: `With \`price\`; ${SEATS_PER_EVENT_DEFAULT} unless it is given` }),
    price: money.optional().meta({ description: 'Of each seat, in place of `layout`' }),
    layout: layout.optional().meta({ description: 'The seats and their prices, in place of `price`' }),
    layoutTemplateId: id
      .optional()
      .meta({ description: 'Copies the present layout of the template, in place of `price`' }),
  })
  .superRefine(({ seatCount, price, layout: arranged, layoutTemplateId }, context) => {
    const refuse = (member: string, message: string) =>
      context.addIssue({ code: 'custom', path: [member], message });
    const isUniform = price !== undefined || seatCount !== undefined;
    if (arranged !== undefined && isUniform) refuse('layout', 'is in place of seatCount and price');
    if (layoutTemplateId !== undefined && (isUniform || arranged !== undefined))
      refuse('layoutTemplateId', 'is in place of layout, seatCount and price');
    if (arranged === undefined && layoutTemplateId === undefined && price === undefined)
      refuse('price', 'is needed without a layout');
  })
  .meta({
    id: 'NewEvent',
    examples: [
      { ...facts, ...seating },
      { ...facts, layout: layoutExample },
      { ...facts, layoutTemplateId: EXAMPLE.layoutTemplateId },
    ],
  });

/** The seats of a body that `newEvent` has accepted. */
export function seatingOf(body: z.output<typeof newEvent>): Seating {
  const { layout: arranged, layoutTemplateId, seatCount, price } = body;
  if (arranged !== undefined) return { layout: arranged };
  if (layoutTemplateId !== undefined) return { layoutTemplateId };
  return { seatCount: seatCount ?? SEATS_PER_EVENT_DEFAULT, price: price ?? 0 };
}

/** Exact, because the use case writes every member that is present. */
export const eventPatch = z
  .strictObject({
    venue: z.exactOptional(name),
    startsAt: z.exactOptional(instantInput),
    timeZone: z.exactOptional(timeZone),
    reservationStartAt: z.exactOptional(instantInput),
    reservationEndAt: z.exactOptional(instantInput),
    refundUntil: z.exactOptional(instantInput),
    accessibleReleaseAt: z.exactOptional(instantInput.nullable()),
    seatCount: z.exactOptional(z.int().min(1).max(SEATS_PER_EVENT_MAX)),
    price: z.exactOptional(money),
  })
  .meta({ id: 'EventPatch', examples: [{ price: 110_000, seatCount: 60 }] });

export function parseEventPatch(patch: z.output<typeof eventPatch>): EventChanges {
  const { startsAt, reservationStartAt, reservationEndAt, refundUntil, accessibleReleaseAt, ...others } =
    patch;
  const times = Object.entries({ startsAt, reservationStartAt, reservationEndAt, refundUntil }).flatMap(
    ([member, text]) => (text === undefined ? [] : [[member, parseInstant(text)] as const]),
  );
  const release =
    accessibleReleaseAt === undefined ? {} : { accessibleReleaseAt: parseOrNull(accessibleReleaseAt) };
  return { ...others, ...Object.fromEntries(times), ...release };
}

export function parseOrNull(text: string | null): Instant | null {
  return text === null ? null : parseInstant(text);
}

export function presentEvent(of: ConcertEvent): z.output<typeof event> {
  return {
    id: of.id,
    concertId: of.concertId,
    venue: of.venue,
    startsAt: formatInstant(of.startsAt),
    timeZone: of.timeZone,
    reservationStartAt: formatInstant(of.reservationStartAt),
    reservationEndAt: formatInstant(of.reservationEndAt),
    refundUntil: formatInstant(of.refundUntil),
    seatCount: of.seatCount,
    price: of.price,
    layoutVersion: of.layoutVersion,
    accessibleReleaseAt: of.accessibleReleaseAt === null ? null : formatInstant(of.accessibleReleaseAt),
    ...presentSales(of.sales),
  };
}
