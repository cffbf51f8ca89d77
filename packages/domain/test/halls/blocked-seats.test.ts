import { describe, expect, it } from 'vitest';
import { blockedRanges } from '../../src/halls/blocked-ranges.ts';
import { numberSeats } from '../../src/halls/numbered-seats.ts';
import { type SeatSelection, selectSeats } from '../../src/halls/seat-selection.ts';
import { LAYOUT } from './sample-layout.ts';

const select = (selection: SeatSelection) => selectSeats(selection, numberSeats(LAYOUT));
const blocked = (reason: string, ...numbers: number[]) => numbers.map((number) => ({ number, reason }));

const section = (name: string, row: string | null = null) => select({ by: 'SECTION', section: name, row });

describe('selectSeats', () => {
  it('finds seats by their numbers, by a range, and by their section and row, ascending', () => {
    expect(select({ by: 'NUMBERS', seatNumbers: [9, 1, 5] })).toEqual({ ok: true, value: [1, 5, 9] });
    expect(select({ by: 'RANGE', from: 3, to: 5 })).toEqual({ ok: true, value: [3, 4, 5] });
    expect(select({ by: 'RANGE', from: 9, to: 9 })).toEqual({ ok: true, value: [9] });
    expect(section('Parterre')).toEqual({ ok: true, value: [1, 2, 3, 4, 5, 6, 7] });
    expect(section('Parterre', 'B')).toEqual({ ok: true, value: [5, 6, 7] });
    expect(section('Balcony', 'A')).toEqual({ ok: true, value: [8, 9] });
  });

  it.each<[SeatSelection, string[]]>([
    [{ by: 'NUMBERS', seatNumbers: [1, 10, 0] }, ['/seatNumbers/1', '/seatNumbers/2']],
    [{ by: 'NUMBERS', seatNumbers: [1, 2, 1] }, ['/seatNumbers/2']],
    [{ by: 'RANGE', from: 0, to: 10 }, ['/from', '/to']],
    [{ by: 'RANGE', from: 5, to: 4 }, ['/to']],
    [{ by: 'SECTION', section: 'Loge', row: 'A' }, ['/section']],
    [{ by: 'SECTION', section: 'Balcony', row: 'B' }, ['/row']],
  ])('refuses %o', (selection, pointers) => {
    const selected = select(selection);
    const errors = selected.ok ? [] : selected.refusal.errors;
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

describe('blockedRanges', () => {
  it('joins seats with consecutive numbers and one reason', () => {
    expect(blockedRanges([])).toEqual([]);
    expect(blockedRanges([...blocked('camera', 1, 2, 3, 5), ...blocked('lights', 6, 7)])).toEqual([
      { from: 1, to: 3, reason: 'camera' },
      { from: 5, to: 5, reason: 'camera' },
      { from: 6, to: 7, reason: 'lights' },
    ]);
  });
});
