import type { SaleCode } from '@frontrow/client';
import { describe, expect, it } from 'vitest';
import { saleCodeName, saleCodeState } from '../../../src/console/concert/sale-codes/sale-code-state.ts';

const NOW = Date.parse('2026-12-01T11:00:00.000Z');
const CODE: SaleCode = {
  id: '01ABCDEF123456',
  concertId: 'c',
  label: null,
  usesMax: 2,
  uses: 1,
  validFrom: null,
  validUntil: null,
  revokedAt: null,
  createdAt: '2026-11-01T00:00:00.000Z',
};

describe('saleCodeState', () => {
  it.each<[Partial<SaleCode>, string]>([
    [{}, 'Valid'],
    [{ uses: 2 }, 'Used up'],
    [{ validUntil: '2026-12-01T11:00:00.000Z' }, 'Over'],
    [{ validFrom: '2026-12-01T11:00:00.001Z' }, 'Not valid yet'],
    [{ validFrom: '2026-12-01T11:00:00.000Z', validUntil: '2026-12-01T11:00:00.001Z' }, 'Valid'],
    [{ revokedAt: '2026-11-02T00:00:00.000Z', uses: 2 }, 'Revoked'],
  ])('of a code with %j is %s', (changes, text) => {
    expect(saleCodeState({ ...CODE, ...changes }, NOW).text).toBe(text);
  });
});

it('names a code by its label, or by the end of its id', () => {
  expect(saleCodeName({ ...CODE, label: 'Fan club' })).toBe('Fan club');
  expect(saleCodeName(CODE)).toBe('123456');
});
