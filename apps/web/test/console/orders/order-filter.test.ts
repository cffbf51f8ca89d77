import { describe, expect, it } from 'vitest';
import {
  ANY_ORDER,
  orderQuery,
  ordersHref,
  readOrderFilter,
} from '../../../src/console/orders/order-filter.ts';
import { seatWords, statusWords } from '../../../src/console/orders/order-words.ts';

describe('the filter of orders', () => {
  it('comes back from the address as it was', () => {
    const filter = {
      status: 'CONFIRMED',
      userId: '김민수 & <b>+%',
      seatNumber: '7',
      from: '2026-12-01T11:00:00.000Z',
      until: '2026-12-02T11:00:00.000Z',
    };
    const { pathname, searchParams } = new URL(ordersHref('e', filter), 'http://localhost');

    expect(pathname).toBe('/console/events/e/orders');
    expect(readOrderFilter(Object.fromEntries(searchParams))).toEqual(filter);
    expect(orderQuery(filter)).toEqual({ ...filter, seatNumber: 7 });
  });

  it('is nothing in the address and in the request where nothing is filtered', () => {
    expect(ordersHref('e', ANY_ORDER)).toBe('/console/events/e/orders');
    expect(orderQuery(ANY_ORDER)).toEqual({});
  });

  it.each([
    { status: 'PAID' },
    { seatNumber: '0' },
    { seatNumber: '7;drop' },
    { from: 'yesterday' },
    { until: '' },
    { other: 'x' },
  ])('ignores %j of an address', (query) => {
    expect(readOrderFilter(query as Record<string, string>)).toEqual(ANY_ORDER);
  });
});

const seat = (number: number, row: string, label: string) => ({ number, section: 'Parterre', row, label });

describe('the words of an order', () => {
  it('join the seats of each row', () => {
    const seats = [seat(1, 'A', '1'), seat(2, 'A', '2'), seat(9, 'B', '1')];

    expect(seatWords({ seats, seatNumbers: [1, 2, 9] })).toBe('Parterre A 1, 2; Parterre B 1');
    expect(seatWords({ seats: null, seatNumbers: [1, 2] })).toBe('1, 2');
  });

  it('tell given and partly refunded orders from paid ones', () => {
    const paid = { status: 'CONFIRMED', complimentary: false, refundedSeats: [] as number[] } as const;

    expect(statusWords(paid)).toEqual(['good', 'Paid']);
    expect(statusWords({ ...paid, complimentary: true })).toEqual(['good', 'Given away']);
    expect(statusWords({ ...paid, refundedSeats: [1] })).toEqual(['warn', 'Paid, partly refunded']);
    expect(statusWords({ ...paid, status: 'REFUNDED', refundedSeats: [1] })[1]).toBe('Refunded');
  });
});
