import type { IssuedTicket } from '@frontrow/application/use-cases/booking/list-entry-tickets.ts';
import { encodeQR } from 'qr';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { formatNullable, instant, seatNumber } from '../shared/fields.ts';
import { RESERVED_SEATS_EXAMPLE, presentReservedSeat, reservedSeat } from './reserved-seats-schema.ts';

const example = {
  seatNumber: 7,
  seat: RESERVED_SEATS_EXAMPLE[0],
  status: 'VALID',
  checkedInAt: null,
  code: EXAMPLE.ticketCode,
  qrSvg:
    '<svg viewBox="0 0 37 37" xmlns="http://www.w3.org/2000/svg"><path d="M2 2h1v1H2Zm1 0h1v1H3Z"/></svg>',
};

export const ticketStatus = z
  .enum(['VALID', 'CHECKED_IN', 'CANCELLED', 'REFUNDED'])
  .meta({ description: 'VALID opens a gate once. CANCELLED, with the date, and REFUNDED never do' });

const entryTicket = z
  .object({
    seatNumber,
    seat: reservedSeat
      .nullable()
      .meta({ description: 'Where the seat is; null for a date without a layout' }),
    status: ticketStatus,
    checkedInAt: instant.nullable(),
    code: z
      .string()
      .nullable()
      .meta({ description: 'What a gate scans. Whoever has it can enter. Null where CANCELLED or REFUNDED' }),
    qrSvg: z.string().nullable().meta({ description: 'The code as a QR code, an SVG document' }),
  })
  .meta({ id: 'EntryTicket', examples: [example] });

export const entryTicketList = z
  .object({ items: z.array(entryTicket) })
  .meta({ id: 'EntryTicketList', examples: [{ items: [example] }] });

export function presentEntryTicket({
  seatNumber: number,
  place,
  status,
  checkedInAt,
  code,
}: IssuedTicket): z.output<typeof entryTicket> {
  return {
    seatNumber: number,
    seat: presentReservedSeat(number, place),
    status,
    checkedInAt: formatNullable(checkedInAt),
    code,
    qrSvg: code === null ? null : encodeQR(code, 'svg', { ecc: 'medium' }),
  };
}
