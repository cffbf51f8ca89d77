import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessibleSale, mayChooseAccessible } from '../../src/halls/accessible-seats.ts';
import { numberSeats } from '../../src/halls/numbered-seats.ts';
import { bruteSeats, isSetAside } from './brute-force.ts';
import { hallOf, layoutWithUnavailableSeats } from './small-halls.ts';

const SALE: AccessibleSale = {
  accessible: false,
  accessibleReleaseAt: 2_000,
  now: 1_999,
  companionSeatsMax: 1,
};
/** Seat 1 is accessible; 2 and 3 are its companion seats. */
const { seats } = hallOf(['acc..']);

describe('mayChooseAccessible', () => {
  it('accepts seats on general sale from everybody', () => {
    expect(mayChooseAccessible(seats, [4, 5], SALE)).toEqual({ ok: true, value: [4, 5] });
  });

  it('refuses accessible and companion seats to those who do not ask for them', () => {
    expect(mayChooseAccessible(seats, [1, 2, 4], SALE)).toEqual({
      ok: false,
      refusal: { code: 'ACCESSIBLE_SEATS_ONLY', accessibleSeats: [1, 2], accessibleReleaseAt: 2_000 },
    });
  });

  it('takes the word of a fan who asks for them', () => {
    expect(mayChooseAccessible(seats, [1, 2, 4], { ...SALE, accessible: true }).ok).toBe(true);
  });

  it.each([
    { chosen: [2], companionSeats: [2], companionSeatsMax: 1 },
    { chosen: [1, 2, 3], companionSeats: [3], companionSeatsMax: 1 },
    { chosen: [1, 2], companionSeats: [2], companionSeatsMax: 0 },
  ])(
    'refuses $companionSeats of $chosen with at most $companionSeatsMax companion seats each',
    ({ chosen, ...refusal }) => {
      const sale = { ...SALE, accessible: true, companionSeatsMax: refusal.companionSeatsMax };
      expect(mayChooseAccessible(seats, chosen, sale)).toEqual({
        ok: false,
        refusal: { code: 'COMPANION_SEATS_EXCEEDED', ...refusal },
      });
    },
  );

  it('sells them like all other seats from their release on', () => {
    expect(mayChooseAccessible(seats, [2, 3], { ...SALE, now: 2_000 }).ok).toBe(true);
  });

  it('never releases them without a time of release', () => {
    const sale = { ...SALE, accessibleReleaseAt: null, now: Number.MAX_SAFE_INTEGER };
    expect(mayChooseAccessible(seats, [1], sale).ok).toBe(false);
  });

  it('gives nobody a companion seat without its accessible seat before the release', () => {
    fc.assert(
      fc.property(
        layoutWithUnavailableSeats,
        fc.boolean(),
        fc.nat(3),
        (hall, accessible, companionSeatsMax) => {
          const { layout, unavailable: chosen } = hall;
          const sale = { ...SALE, accessible, companionSeatsMax };
          const decision = mayChooseAccessible(numberSeats(layout), chosen, sale);
          const ofChoice = bruteSeats(layout).filter(({ number }) => chosen.includes(number));
          const breaksRule = ofChoice.some(({ companionOfNumber: owner }) => {
            const companions = ofChoice.filter((other) => other.companionOfNumber === owner);
            return owner !== null && (!chosen.includes(owner) || companions.length > companionSeatsMax);
          });
          expect(decision.ok).toBe(accessible ? !breaksRule : !ofChoice.some(isSetAside));
        },
      ),
    );
  });
});
