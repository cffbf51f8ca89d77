import { describe, expect, it } from 'vitest';
import {
  type SaleCode,
  checkValidity,
  mayUse,
  readSaleCode,
  saleCodeText,
} from '../../src/waiting-room/sale-code.ts';

const NOW = 1_000;
const code: SaleCode = {
  id: 'code',
  concertId: 'concert',
  label: null,
  usesMax: 2,
  uses: 1,
  validFrom: NOW,
  validUntil: NOW + 1,
  revokedAt: null,
  createdAt: 0,
};
const INVALID = { ok: false, refusal: { code: 'SALE_CODE_INVALID' } };
const EXHAUSTED = { ok: false, refusal: { code: 'SALE_CODE_EXHAUSTED' } };

describe('a user without a use', () => {
  it('uses a code that is valid and has uses left', () => {
    expect(mayUse(code, null, NOW)).toEqual({ ok: true, value: 'COUNT' });
    expect(mayUse({ ...code, validFrom: null, validUntil: null }, null, 0)).toMatchObject({ ok: true });
  });

  it.each([
    ['unknown', null, NOW],
    ['revoked', { ...code, revokedAt: 1 }, NOW],
    ['not valid yet', code, NOW - 1],
    ['not valid any more', code, NOW + 1],
    ['not valid any more and exhausted', { ...code, uses: 2 }, NOW + 1],
  ] as const)('is refused with one answer for a code that is %s', (_, presented, now) => {
    expect(mayUse(presented, null, now)).toEqual(INVALID);
  });

  it('is refused once other users have taken all uses', () => {
    expect(mayUse({ ...code, uses: 2 }, null, NOW)).toEqual(EXHAUSTED);
  });
});

describe('a user with a use', () => {
  const earlier = { saleCodeId: 'code', isRevoked: false };

  it('uses nothing again, also when the code is exhausted or its time is over', () => {
    for (const [presented, now] of [
      [code, NOW],
      [{ ...code, uses: 2 }, NOW],
      [code, NOW + 1],
    ] as const)
      expect(mayUse(presented, earlier, now)).toEqual({ ok: true, value: 'COUNTED' });
    expect(mayUse({ ...code, id: 'another' }, earlier, NOW)).toEqual({ ok: true, value: 'COUNTED' });
  });

  it('is refused with a code that is revoked or unknown', () => {
    expect(mayUse({ ...code, revokedAt: 1 }, earlier, NOW)).toEqual(INVALID);
    expect(mayUse(null, earlier, NOW)).toEqual(INVALID);
  });

  it('uses another code once the code of the use is revoked, while that one has uses left', () => {
    const revoked = { saleCodeId: 'revoked', isRevoked: true };
    expect(mayUse(code, revoked, NOW)).toEqual({ ok: true, value: 'COUNT' });
    expect(mayUse({ ...code, uses: 2 }, revoked, NOW)).toEqual(EXHAUSTED);
    expect(mayUse(code, revoked, NOW + 1)).toEqual(INVALID);
  });
});

describe('the text of a code', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => index * 7);

  it('has sixteen digits of five bits each, in groups of four', () => {
    expect(saleCodeText(bytes)).toBe('07EN-W3AH-RZ6D-MV29');
    expect(saleCodeText(Uint8Array.from({ length: 16 }, () => 255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
    expect(() => saleCodeText(bytes.subarray(0, 15))).toThrow('random bytes');
  });

  it('is read as a person types it', () => {
    const digits = saleCodeText(bytes).replaceAll('-', '');
    for (const typed of [
      '07EN-W3AH-RZ6D-MV29',
      ' 07en w3ah rz6d mv29 ',
      '07ENW3AHRZ6DMV29',
      'O7EN–W3AH–RZ6D–MV29',
    ])
      expect(readSaleCode(typed)).toBe(digits);
    expect(readSaleCode('ILoo-ilOO-1100-1100')).toBe('1100110011001100');
  });

  it.each([
    '',
    '07EN-W3AH-RZ6D-MV2',
    '07EN-W3AH-RZ6D-MV299',
    '07EN-W3AH-RZ6D-MV2U',
    '07EN-W3AH-RZ6D-MV2\u0000',
  ])('is none of "%s"', (typed) => {
    expect(readSaleCode(typed)).toBeNull();
  });
});

it('requires that a code is valid from a moment before its end', () => {
  expect(checkValidity({ validFrom: 1, validUntil: 2 }).ok).toBe(true);
  expect(checkValidity({ validFrom: null, validUntil: 2 }).ok).toBe(true);
  expect(checkValidity({ validFrom: 2, validUntil: 2 })).toMatchObject({
    refusal: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/validUntil' }] },
  });
});
