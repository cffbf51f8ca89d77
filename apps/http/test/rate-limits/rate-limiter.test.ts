import { describe, expect, it } from 'vitest';
import { type RateLimiter, type RequestKind, createRateLimiter } from '../../src/rate-limits/rate-limiter.ts';

function openLimiter() {
  let nowMs = 1_000;
  return { limiter: createRateLimiter(() => nowMs), advance: (ms: number) => void (nowMs += ms) };
}

/** How many of `count` requests are allowed. */
function allowed(
  limiter: RateLimiter,
  count: number,
  kind: RequestKind,
  userId: string | null,
  address = 'a',
) {
  const decisions = Array.from({ length: count }, () => limiter.take(kind, userId, address));
  return decisions.filter(({ isAllowed }) => isAllowed).length;
}

describe('the limit of a user', () => {
  it.each([
    ['joins', 50],
    ['holds', 50],
    ['payments', 50],
    ['charges', 50],
    ['reads', 100],
    ['streams', 50],
  ] as const)('of %s is %i in ten seconds, at whatever address', (kind, max) => {
    const { limiter, advance } = openLimiter();
    expect(limiter.take(kind, 'fan', 'a')).toEqual({
      isAllowed: true,
      countedBy: 'user',
      max,
      remaining: max - 1,
      resetMs: 10_000,
    });
    advance(4_000);
    expect(allowed(limiter, max, kind, 'fan', 'b')).toBe(max - 1);
    expect(limiter.take(kind, 'fan', 'c')).toMatchObject({ isAllowed: false, remaining: 0, resetMs: 6_000 });
    advance(6_000);
    expect(limiter.take(kind, 'fan', 'a')).toMatchObject({ isAllowed: true, remaining: max - 1 });
  });

  it('is not reached by four tabs that each repeat every request every second', () => {
    const { limiter, advance } = openLimiter();
    for (let second = 0; second < 60; second += 1) {
      for (const kind of ['joins', 'holds', 'payments', 'charges', 'streams', 'reads'] as const)
        expect([kind, second, allowed(limiter, 4, kind, 'fan')]).toEqual([kind, second, 4]);
      advance(1_000);
    }
  });

  it('is not used up by requests of another kind or user, nor by refused ones', () => {
    const { limiter, advance } = openLimiter();
    expect(allowed(limiter, 200, 'joins', 'fan')).toBe(50);
    expect(allowed(limiter, 1, 'payments', 'fan')).toBe(1);
    expect(allowed(limiter, 1, 'joins', 'another')).toBe(1);
    advance(10_000);
    expect(allowed(limiter, 200, 'joins', 'fan')).toBe(50);
  });
});

describe('the limit of an address', () => {
  it('lets 5,000 fans behind one address join in ten seconds', () => {
    const { limiter, advance } = openLimiter();
    const join = (fan: number, address: string) => limiter.take('joins', `fan-${fan}`, address);
    const joined = Array.from({ length: 5_000 }, (_, fan) => join(fan, 'carrier'));
    expect(joined.every(({ isAllowed }) => isAllowed)).toBe(true);
    expect(join(5_000, 'carrier')).toMatchObject({ isAllowed: false, countedBy: 'address', max: 5_000 });
    expect(join(5_000, 'elsewhere').isAllowed).toBe(true);
    advance(10_000);
    expect(join(5_001, 'carrier').isAllowed).toBe(true);
  });

  it('counts readers without an identity', () => {
    const { limiter } = openLimiter();
    expect(allowed(limiter, 6_000, 'catalog', null)).toBe(5_000);
    expect(limiter.take('catalog', null, 'b')).toMatchObject({ isAllowed: true, countedBy: 'address' });
  });
});

describe('an attacker with many addresses', () => {
  it('takes bounded memory, and renews the limit of nobody who keeps sending', () => {
    const { limiter } = openLimiter();
    expect(allowed(limiter, 50, 'holds', 'greedy')).toBe(50);
    for (let thousand = 0; thousand < 150; thousand += 1) {
      for (let n = 0; n < 1_000; n += 1) limiter.take('catalog', null, `address-${thousand * 1_000 + n}`);
      expect(limiter.take('holds', 'greedy', 'a').isAllowed).toBe(false);
    }
    // The first addresses have been forgotten.
    expect(limiter.take('catalog', null, 'address-0').remaining).toBe(4_999);
    expect(limiter.take('catalog', null, 'address-149999').remaining).toBe(4_998);
  });
});
