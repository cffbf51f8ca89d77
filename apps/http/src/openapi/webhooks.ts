import { CURRENCY } from '@frontrow/domain/shared/money.ts';
import { PAYMENT_FAILURE_CODES } from '@frontrow/domain/payments/failed-payment.ts';
import type { WebhookData, WebhookMessageType } from '@frontrow/domain/webhooks/message.ts';
import { z } from 'zod';
import { RESERVED_SEATS_EXAMPLE, reservedSeat } from '../routes/booking/reserved-seats-schema.ts';
import { event } from '../routes/catalog/event-schema.ts';
import { EXAMPLE } from '../routes/shared/examples.ts';
import { id, instant, orderTotal, seatNumber, userId } from '../routes/shared/fields.ts';

type Described<Type extends WebhookMessageType> = {
  readonly summary: string;
  readonly data: z.ZodType<WebhookData[Type]>;
  readonly example: WebhookData[Type];
};

const { number, section, row, label } = reservedSeat.shape;
const seats = z
  .array(
    z.strictObject({
      number,
      section,
      row,
      label,
      category: z.string().meta({ description: 'The key of the category' }),
    }),
  )
  .nullable()
  .meta({ description: 'The places and categories of the seats; null for a date without a layout' });

const reservationMembers = {
  reservationId: id,
  concertId: id,
  eventId: id,
  userId,
  seatNumbers: z.array(seatNumber),
  seats,
  totalAmount: orderTotal,
  currency: z.literal(CURRENCY),
};
const reservation = z.strictObject(reservationMembers);
const reservationExample = {
  reservationId: EXAMPLE.reservationId,
  concertId: EXAMPLE.concertId,
  eventId: EXAMPLE.eventId,
  userId: EXAMPLE.userId,
  seatNumbers: [7, 8],
  seats: RESERVED_SEATS_EXAMPLE.map((seat) => ({ ...seat, category: 'front' })),
  totalAmount: 240_000,
  currency: CURRENCY,
};

const { venue, startsAt, timeZone, reservationStartAt, reservationEndAt } = event.shape;
const { refundUntil, seatCount, price, salesState, reason } = event.shape;
const eventChanges = z.strictObject({
  venue: z.exactOptional(venue),
  startsAt: z.exactOptional(startsAt),
  timeZone: z.exactOptional(timeZone),
  reservationStartAt: z.exactOptional(reservationStartAt),
  reservationEndAt: z.exactOptional(reservationEndAt),
  refundUntil: z.exactOptional(refundUntil),
  seatCount: z.exactOptional(seatCount),
  price: z.exactOptional(price),
  salesState: z.exactOptional(salesState),
  reason: z.exactOptional(reason),
});

/** Everything that a message contains, by its type. */
export const WEBHOOKS: { readonly [Type in WebhookMessageType]: Described<Type> } = {
  'reservation.held': {
    summary: 'A fan holds seats',
    data: z.strictObject({ ...reservationMembers, holdExpiresAt: instant }),
    example: { ...reservationExample, holdExpiresAt: '2026-12-01T11:06:12.480Z' },
  },
  'reservation.expired': {
    summary: 'The time of a hold has run out',
    data: reservation,
    example: reservationExample,
  },
  'reservation.cancelled': {
    summary: 'A fan gives up a hold',
    data: reservation,
    example: reservationExample,
  },
  'payment.completed': {
    summary: 'A fan has paid; the seats are sold',
    data: z.strictObject({
      ...reservationMembers,
      paymentId: id,
      complimentary: z.boolean().meta({ description: 'Whether staff have given the seats for nothing' }),
    }),
    example: { ...reservationExample, paymentId: EXAMPLE.paymentId, complimentary: false },
  },
  'payment.failed': {
    summary: 'A payment is refused, the first time for this reservation and code',
    data: z.strictObject({
      ...reservationMembers,
      paymentId: id,
      failureCode: z.enum(PAYMENT_FAILURE_CODES),
    }),
    example: {
      ...reservationExample,
      paymentId: '01KB3XE7Q2R5V8Y1B4D6F9H3K0',
      failureCode: 'INSUFFICIENT_BALANCE',
    },
  },
  'reservation.refunded': {
    summary: 'Seats of a paid reservation are refunded',
    data: z.strictObject({
      refundId: id,
      reservationId: id,
      paymentId: id,
      concertId: id,
      eventId: id,
      userId,
      seatNumbers: z.array(seatNumber),
      seats,
      amount: orderTotal,
      currency: z.literal(CURRENCY),
    }),
    example: {
      refundId: '01KB3XF2M5Q8T1W4Z7C0F3J6N9',
      reservationId: EXAMPLE.reservationId,
      paymentId: EXAMPLE.paymentId,
      concertId: EXAMPLE.concertId,
      eventId: EXAMPLE.eventId,
      userId: EXAMPLE.userId,
      seatNumbers: [8],
      seats: [{ number: 8, section: 'Parterre', row: 'A', label: '8', category: 'front' }],
      amount: 120_000,
      currency: CURRENCY,
    },
  },
  'event.changed': {
    summary: 'An organiser edits a date, or stops or resumes its sales',
    data: z.strictObject({
      eventId: id,
      concertId: id,
      changes: eventChanges.meta({ description: 'The new values of the members that changed' }),
    }),
    example: {
      eventId: EXAMPLE.eventId,
      concertId: EXAMPLE.concertId,
      changes: { startsAt: '2026-12-24T11:00:00.000Z', price: 110_000 },
    },
  },
  'event.cancelled': {
    summary: 'An organiser cancels a date for good',
    data: z.strictObject({ eventId: id, concertId: id, reason }),
    example: {
      eventId: EXAMPLE.eventId,
      concertId: EXAMPLE.concertId,
      reason: 'The singer is ill. You get your money back.',
    },
  },
  'room.sold_out': {
    summary: 'The last seat of the bookable dates of a concert is sold',
    data: z.strictObject({ concertId: id, asOf: instant }),
    example: { concertId: EXAMPLE.concertId, asOf: '2026-12-01T11:02:03.015Z' },
  },
  'webhook.test': {
    summary: 'An organiser tests the endpoint',
    data: z.strictObject({ endpointId: id }),
    example: { endpointId: EXAMPLE.webhookEndpointId },
  },
};

const HEADERS = {
  'webhook-id': 'Identifies the message; the same for every repeat',
  'webhook-timestamp': 'When the request was sent, in seconds since 1970',
  'webhook-signature': 'By Standard Webhooks: `v1,` and a signature, twice after a rotation of the secret',
};

/** The section `webhooks` of OpenAPI 3.1. */
export function describeWebhooks(): Record<string, object> {
  const types = Object.keys(WEBHOOKS) as WebhookMessageType[];
  return Object.fromEntries(types.map((type) => [type, { post: describeMessage(type) }]));
}

function describeMessage(type: WebhookMessageType): object {
  const { summary, data, example } = WEBHOOKS[type];
  const body = z.strictObject({ type: z.literal(type), timestamp: instant, data });
  const { $schema: _, ...schema } = z.toJSONSchema(body);
  return {
    operationId: type,
    summary,
    security: [],
    tags: ['Webhooks'],
    parameters: Object.entries(HEADERS).map(([name, description]) => ({
      name,
      in: 'header',
      required: true,
      description,
      schema: { type: 'string' },
    })),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema,
          example: { type, timestamp: '2026-12-01T11:02:03.015Z', data: example },
        },
      },
    },
    responses: { '2XX': { description: 'The message has arrived. Every other answer is a failure.' } },
  };
}
