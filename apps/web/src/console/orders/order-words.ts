import type { Order, OrderWithHistory } from '@frontrow/client';
import type { Tone } from '../components/badges.tsx';

type Status = Order['status'];
type HistoryKind = OrderWithHistory['history'][number]['kind'];
type TicketStatus = OrderWithHistory['tickets'][number]['status'];

export const STATUS_TEXTS: Readonly<Record<Status, string>> = {
  HELD: 'On hold',
  CONFIRMED: 'Paid',
  EXPIRED: 'Expired',
  CANCELLED: 'Cancelled',
  REFUNDED: 'Refunded',
};

const STATUS_TONES: Readonly<Record<Status, Tone>> = {
  HELD: 'warn',
  CONFIRMED: 'good',
  EXPIRED: 'neutral',
  CANCELLED: 'neutral',
  REFUNDED: 'bad',
};

type StatusOf = Pick<Order, 'status' | 'complimentary' | 'refundedSeats'>;

/** The status of an order in words. */
export function statusWords({ status, complimentary, refundedSeats }: StatusOf): readonly [Tone, string] {
  if (status !== 'CONFIRMED') return [STATUS_TONES[status], STATUS_TEXTS[status]];
  const text = complimentary ? 'Given away' : STATUS_TEXTS.CONFIRMED;
  return refundedSeats.length > 0 ? ['warn', `${text}, partly refunded`] : ['good', text];
}

export const HISTORY_TEXTS: Readonly<Record<HistoryKind, string>> = {
  HELD: 'Seats held',
  EXTENDED: 'Hold extended',
  REDUCED: 'Some seats given back',
  CANCELLED: 'Cancelled',
  EXPIRED: 'Hold expired',
  PAID: 'Paid',
  GIVEN: 'Given away',
  REFUNDED: 'Refunded',
};

export const TICKET_TEXTS: Readonly<Record<TicketStatus, readonly [Tone, string]>> = {
  VALID: ['good', 'Valid'],
  CHECKED_IN: ['accent', 'Used'],
  CANCELLED: ['neutral', 'Date cancelled'],
  REFUNDED: ['bad', 'Refunded'],
};

type SeatsOf = Pick<Order, 'seats' | 'seatNumbers'>;

/** The seats of an order, such as `Parterre A 7, 8` or, without a layout, `7, 8`. */
export function seatWords({ seats, seatNumbers }: SeatsOf): string {
  if (seats === null) return seatNumbers.join(', ');
  const rows = new Map<string, string[]>();
  for (const { section, row, label } of seats) {
    const name = `${section} ${row}`;
    rows.set(name, [...(rows.get(name) ?? []), label]);
  }
  return [...rows].map(([name, labels]) => `${name} ${labels.join(', ')}`).join('; ');
}
