import type { SeatMap } from '@frontrow/application/use-cases/booking/list-seats.ts';
import type { FastifyReply } from 'fastify';
import { SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { NAME_LENGTH_MAX } from '@frontrow/domain/halls/layout.ts';
import { categoryOf, placeOf } from '@frontrow/domain/halls/numbered-seats.ts';
import { seatFilter } from '@frontrow/domain/halls/seat-filter.ts';
import { z } from 'zod';
import { invalidRequest } from '../../problems/errors.ts';
import { EXAMPLE } from '../shared/examples.ts';
import { id, layoutVersion, money, queryBoolean, seatNumber } from '../shared/fields.ts';
import { memoizeByObject } from '@frontrow/application/shared/memoize-by-object.ts';
import { presentSales, salesFields } from '../catalog/sales-schema.ts';
import { sendJson } from '../shared/send-json.ts';

const layoutName = z.string().min(1).max(NAME_LENGTH_MAX);
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
    section: layoutName.optional().meta({ description: 'Only seats of the section with this name' }),
    category: layoutName.optional().meta({ description: 'Only seats of the category with this key' }),
    accessible: queryBoolean.optional().meta({ description: 'Only accessible seats, or only others' }),
  })
  .superRefine(({ format, ...filters }, context) => {
    if (format === 'list') return;
    for (const name of Object.keys(filters))
      context.addIssue({ code: 'custom', path: [name], message: 'is for the format list alone' });
  });

type SeatQuery = Omit<z.output<typeof seatQuery>, 'format'>;

const seatTotal = z.int().min(0).max(SEATS_PER_EVENT_MAX);

export const MAP_EXAMPLE = {
  eventId: EXAMPLE.eventId,
  seatCount: 50,
  availableCount: 49,
  layoutVersion: 0,
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
    layoutVersion,
    ...salesFields,
    seats: z.array(
      z.object({
        number: seatNumber,
        price: money,
        status: seatStatus,
        section: z.string().optional().meta({ description: 'Its name; absent in a date without a layout' }),
        row: z.string().optional().meta({ description: 'Its label; absent in a date without a layout' }),
        label: z.string().optional().meta({ description: 'Absent in a date without a layout' }),
        category: z.string().optional().meta({ description: 'Its key; absent in a date without a layout' }),
      }),
    ),
  })
  .meta({
    id: 'SeatMap',
    examples: [MAP_EXAMPLE],
  });

/** The JSON of a seat map, by its filter. */
const textsOf = memoizeByObject<SeatMap, Map<string, string>>(() => new Map());

/** Serialises a seat map once for all requests that share its read. Throws for a section or category that it does not have. */
export function sendSeatMap(reply: FastifyReply, map: SeatMap, filter: SeatQuery): FastifyReply {
  const texts = textsOf(map);
  const key = JSON.stringify(filter);
  const text = texts.get(key) ?? JSON.stringify(presentSeatMap(map, filter));
  texts.set(key, text);
  return sendJson(reply, text);
}

/** Leaves out who holds a seat. */
function presentSeatMap(map: SeatMap, { status, ...filter }: SeatQuery): z.output<typeof seatMap> {
  const { eventId, sales, seats, hall } = map;
  const isShown = seatFilter(hall, filter);
  if (!isShown.ok)
    throw invalidRequest(
      isShown.refusal.errors.map(({ pointer, detail }) => ({ pointer: `/query${pointer}`, detail })),
    );
  const shown = seats.filter(
    (seat) => (status === undefined || seat.status === status) && isShown.value(seat.number),
  );
  return {
    eventId,
    seatCount: seats.length,
    availableCount: seats.filter((seat) => seat.status === 'AVAILABLE').length,
    layoutVersion: map.layoutVersion,
    ...presentSales(sales),
    seats: shown.map((seat) => ({
      number: seat.number,
      price: seat.price,
      status: seat.status,
      ...(map.layoutVersion === 0
        ? {}
        : { ...placeOf(hall, seat.number), category: categoryOf(hall, seat.number).key }),
    })),
  };
}
