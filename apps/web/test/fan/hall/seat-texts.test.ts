import { describe, expect, it } from 'vitest';
import { textOn } from '../../../src/fan/hall/seats/colours.ts';
import { createHall } from '../../../src/fan/hall/seats/hall-seats.ts';
import { seatMessages } from '../../../src/fan/hall/seats/seat-messages.ts';
import { describeSeat } from '../../../src/fan/hall/seats/seat-texts.ts';
import { drawLayout, drawUniformLayout } from './sample-layout.ts';

const money = (amount: number) => `₩${amount}`;
const hall = createHall(
  drawLayout([
    {
      name: 'Parterre',
      rows: 1,
      seatsPerRow: 2,
      seat: (_, at) => (at === 0 ? { accessible: true } : { obstructedView: '<b>pillar</b>' }),
    },
  ]),
);

describe('describeSeat', () => {
  it('says place, category, price, status and what is special', () => {
    expect(describeSeat(hall.seats[0] as never, 'free', true, seatMessages.en, money)).toBe(
      'Row 1, seat 1, Front ₩120000, free, wheelchair space',
    );
    expect(describeSeat(hall.seats[1] as never, 'sold', true, seatMessages.ko, money)).toBe(
      '1열 2번, Front ₩120000, 판매 완료, 시야 제한: <b>pillar</b>',
    );
  });

  it('says number, price and status where a date has no layout', () => {
    const [seat] = createHall(drawUniformLayout(3)).seats;

    expect(describeSeat(seat as never, 'chosen', false, seatMessages.en, money)).toBe(
      'Seat 1, ₩99000, chosen',
    );
  });
});

describe('textOn', () => {
  it.each([
    '#000000',
    '#ffffff',
    '#b8336a',
    '#2a7f9e',
    '#6a994e',
    '#bc8034',
    '#757575',
    '#767676',
    '#ffd700',
  ])('is readable on %s', (colour) => {
    expect(contrast(textOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
  });
});

/** By WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const linear = (at: number) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
}
