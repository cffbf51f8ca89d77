import type { SeatMap } from '@frontrow/application/use-cases/booking/list-seats.ts';
import type { FastifyReply } from 'fastify';
import { SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { id, money, seatNumber } from '../shared/fields.ts';
import { memoizeByObject } from '@frontrow/application/shared/memoize-by-object.ts';
import { presentSales, salesFields } from '../catalog/sales-schema.ts';
import { sendJson } from '../shared/send-json.ts';

const seatStatus = z.enum(['AVAILABLE', 'HELD', 'SOLD', 'BLOCKED']);

export const seatQuery = z
  .strictObject({
    format: z
      .enum(['list', 'compact'])
      .default('list')
      .meta({ description: '`compact`: a letter for each seat, for large halls' }),
    status: seatStatus
      .optional()
      .meta({ description: 'Only seats with this status', examples: ['AVAILABLE'] }),
  })
  .superRefine(({ format, ...filters }, context) => {
    if (format === 'list') return;
    for (const name of Object.keys(filters))
      context.addIssue({ code: 'custom', path: [name], message: 'is for the format list alone' });
  });

const seatTotal = z.int().min(0).max(SEATS_PER_EVENT_MAX);

export const MAP_EXAMPLE = {
  eventId: EXAMPLE.eventId,
  seatCount: 50,
  availableCount: 49,
  salesState: 'RUNNING',
  reason: null,
  seats: [
    { number: 1, price: 120_000, status: 'AVAILABLE' },
    { number: 2, price: 120_000, status: 'HELD' },
  ],
};

export const seatMap = z
  .object({
    eventId: id,
    seatCount: seatTotal.meta({ description: 'Of the whole event, not of the filtered list' }),
    availableCount: seatTotal.meta({ description: 'Of the whole event, not of the filtered list' }),
    ...salesFields,
    seats: z.array(z.object({ number: seatNumber, price: money, status: seatStatus })),
  })
  .meta({
    id: 'SeatMap',
    examples: [MAP_EXAMPLE],
  });

type SeatStatus = z.output<typeof seatStatus>;

/** The JSON of a seat map, by the status that it is filtered by. */
const textsOf = memoizeByObject<SeatMap, Map<SeatStatus | undefined, string>>(() => new Map());

/** Serialises a seat map once for all requests that share its read. */
export function sendSeatMap(reply: FastifyReply, map: SeatMap, only: SeatStatus | undefined): FastifyReply {
  const texts = textsOf(map);
  const text = texts.get(only) ?? JSON.stringify(presentSeatMap(map, only));
  texts.set(only, text);
  return sendJson(reply, text);
}

/** Leaves out who holds a seat. */
function presentSeatMap(
  { eventId, sales, seats }: SeatMap,
  only: SeatStatus | undefined,
): z.output<typeof seatMap> {
  const shown = seats.filter(({ status }) => only === undefined || status === only);
  return {
    eventId,
    seatCount: seats.length,
    availableCount: seats.filter(({ status }) => status === 'AVAILABLE').length,
    ...presentSales(sales),
    seats: shown.map(({ number, price, status }) => ({ number, price, status })),
  };
}
