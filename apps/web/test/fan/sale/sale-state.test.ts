import { describe, expect, it } from 'vitest';
import { type SaleState, bestSaleState, canJoin, saleStateOf } from '../../../src/fan/sale/sale-state.ts';

const OPENS = '2026-12-01T11:00:00.000Z';
const CLOSES = '2026-12-24T09:00:00.000Z';
const [opens, closes] = [Date.parse(OPENS), Date.parse(CLOSES)];

const date = {
  reservationStartAt: OPENS,
  reservationEndAt: CLOSES,
  salesState: 'RUNNING',
  reason: null,
  availableCount: 7,
} as const;
const concert = { salesState: 'RUNNING', reason: null } as const;

describe('saleStateOf', () => {
  it.each([
    [opens - 1, { kind: 'NOT_YET', opensAt: OPENS }],
    [opens, { kind: 'ON_SALE', until: CLOSES }],
    [closes - 1, { kind: 'ON_SALE', until: CLOSES }],
    [closes, { kind: 'ENDED' }],
  ])('follows the booking window: %s', (now, state) => {
    expect(saleStateOf(date, concert, now)).toEqual(state);
  });

  it('has no seats only where their count is known to be 0', () => {
    expect(saleStateOf({ ...date, availableCount: 0 }, concert, opens).kind).toBe('NO_SEATS');
    expect(saleStateOf({ ...date, availableCount: null }, concert, opens).kind).toBe('ON_SALE');
  });

  it('is stopped with the reason of the date, or else of the concert', () => {
    const stopped = { salesState: 'STOPPED', reason: 'We check the hall.' } as const;

    expect(saleStateOf({ ...date, ...stopped }, concert, opens)).toEqual({
      kind: 'STOPPED',
      reason: 'We check the hall.',
    });
    expect(saleStateOf(date, stopped, opens)).toEqual({ kind: 'STOPPED', reason: 'We check the hall.' });
  });

  it('stays cancelled after its window, with the reason', () => {
    const cancelled = { ...date, salesState: 'CANCELLED', reason: 'The artist is ill.' } as const;

    expect(saleStateOf(cancelled, concert, closes)).toEqual({
      kind: 'CANCELLED',
      reason: 'The artist is ill.',
    });
  });
});

const state = (kind: 'ON_SALE' | 'NO_SEATS' | 'ENDED' | 'STOPPED' | 'CANCELLED'): SaleState => {
  if (kind === 'ON_SALE') return { kind, until: CLOSES };
  return kind === 'STOPPED' || kind === 'CANCELLED' ? { kind, reason: null } : { kind };
};

describe('bestSaleState', () => {
  it('prefers a date on sale, then the next opening', () => {
    const later: SaleState = { kind: 'NOT_YET', opensAt: CLOSES };
    const sooner: SaleState = { kind: 'NOT_YET', opensAt: OPENS };

    expect(bestSaleState([state('CANCELLED'), later, sooner])).toEqual(sooner);
    expect(bestSaleState([sooner, state('ON_SALE'), state('NO_SEATS')])).toEqual(state('ON_SALE'));
  });

  it('is null without dates', () => {
    expect(bestSaleState([])).toBeNull();
  });
});

describe('canJoin', () => {
  it('needs a date that is not over', () => {
    expect(canJoin([state('ENDED'), state('CANCELLED')])).toBe(false);
    expect(canJoin([state('ENDED'), state('STOPPED')])).toBe(true);
    expect(canJoin([state('NO_SEATS')])).toBe(true);
    expect(canJoin([])).toBe(false);
  });
});
