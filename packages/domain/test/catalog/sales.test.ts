import { describe, expect, it } from 'vitest';
import { SALES_RUNNING, checkSales, maySell, salesOf } from '../../src/catalog/sales.ts';

const STOPPED = { state: 'STOPPED', reason: 'A wrong price' } as const;
const CONCERT_STOPPED = { state: 'STOPPED', reason: null } as const;

describe('sales', () => {
  it('of a date run while neither the date nor its concert is stopped, and a stop of the concert comes first', () => {
    expect(salesOf(SALES_RUNNING, SALES_RUNNING)).toEqual(SALES_RUNNING);
    expect(salesOf(SALES_RUNNING, STOPPED)).toEqual(STOPPED);
    expect(salesOf(CONCERT_STOPPED, SALES_RUNNING)).toEqual(CONCERT_STOPPED);
    expect(salesOf(CONCERT_STOPPED, STOPPED)).toEqual(CONCERT_STOPPED);
  });

  it('that are stopped refuse with their reason', () => {
    expect(maySell(SALES_RUNNING)).toEqual({ ok: true, value: undefined });
    const refusal = { code: 'SALES_STOPPED', reason: 'A wrong price' };
    expect(maySell(STOPPED)).toEqual({ ok: false, refusal });
  });

  it('have a reason only while they are stopped', () => {
    for (const sales of [SALES_RUNNING, STOPPED, CONCERT_STOPPED])
      expect(checkSales(sales)).toEqual({ ok: true, value: sales });
    expect(checkSales({ state: 'RUNNING', reason: 'why' })).toMatchObject({
      refusal: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/reason' }] },
    });
  });
});
