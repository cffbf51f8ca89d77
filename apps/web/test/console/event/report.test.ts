import { describe, expect, it } from 'vitest';
import { axisEnd, hourBars } from '../../../src/console/event/report/chart-data.ts';
import { categoriesCsv, hoursCsv } from '../../../src/console/event/report/report-csv.ts';

const at = (hour: string, paid = 100) => ({ hour, payments: 1, paid, refunded: 0 });

describe('hourBars', () => {
  it('fills the hours in between', () => {
    const bars = hourBars([at('2026-12-01T22:00:00.000Z'), at('2026-12-02T01:00:00.000Z', 300)]);

    expect(bars.map(({ hour, paid }) => [hour.slice(0, 13), paid])).toEqual([
      ['2026-12-01T22', 100],
      ['2026-12-01T23', 0],
      ['2026-12-02T00', 0],
      ['2026-12-02T01', 300],
    ]);
  });

  it('has no bar without payments, and the last 72 hours of a long sale', () => {
    expect(hourBars([])).toEqual([]);
    const bars = hourBars([at('2026-01-01T00:00:00.000Z'), at('2026-12-01T00:00:00.000Z')]);
    expect(bars).toHaveLength(72);
    expect(bars.at(-1)).toMatchObject({ hour: '2026-12-01T00:00:00.000Z', paid: 100 });
  });
});

it.each([
  [0, 1],
  [1, 1],
  [3, 5],
  [1_200, 2_000],
  [99_999, 100_000],
  [5_000_001, 10_000_000],
])('ends the axis of %d at %d', (value, end) => {
  expect(axisEnd(value)).toBe(end);
});

const seats = { price: 100, sold: 2, complimentary: 0, held: 0, available: 3, blocked: 0, revenue: 200 };
const named = (name: string) => ({ key: 'a', name, ...seats, refunded: 1 });

describe('the CSV of a report', () => {
  it('has the categories, in which no name can hide a formula or break a line', () => {
    const csv = categoriesCsv({ byPrice: [], byCategory: [named('=1+1'), named('Front, "best"')] });

    expect(csv.split('\r\n')).toEqual([
      'key,name,price,sold,complimentary,held,available,blocked,revenue,refunded',
      "a,'=1+1,100,2,0,0,3,0,200,1",
      'a,"Front, ""best""",100,2,0,0,3,0,200,1',
      '',
    ]);
  });

  it('has the prices of a date without a layout, and the hours', () => {
    expect(categoriesCsv({ byPrice: [seats], byCategory: [] })).toContain('100,2,0,0,3,0,200');
    expect(hoursCsv([at('2026-12-01T22:00:00.000Z')])).toBe(
      'hour,payments,paid,refunded\r\n2026-12-01T22:00:00.000Z,1,100,0\r\n',
    );
  });
});
