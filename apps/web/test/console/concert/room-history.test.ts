import { describe, expect, it } from 'vitest';
import {
  GAP_MS,
  HISTORY_MS,
  type History,
  type Sample,
  addSample,
  admissionRate,
  columnsOf,
  minutesOf,
} from '../../../src/console/concert/room/history.ts';

const START = Date.parse('2026-12-01T11:00:00.000Z');
const sampleAt = (second: number, admittedTotal = 0): Sample => ({
  at: START + second * 1_000,
  waiting: 100 - admittedTotal,
  active: 5,
  parked: 1,
  admittedTotal,
});
const historyOf = (...samples: readonly Sample[]): History =>
  samples.reduce<History>((history, sample) => addSample(history, sample), []);

describe('addSample', () => {
  it('keeps half an hour', () => {
    const later = HISTORY_MS / 1_000 + 4;
    expect(historyOf(sampleAt(0), sampleAt(10), sampleAt(later)).map(({ at }) => at)).toEqual([
      sampleAt(10).at,
      sampleAt(later).at,
    ]);
  });

  it('replaces the sample of the same moment', () => {
    expect(historyOf(sampleAt(0, 1), sampleAt(0, 2))).toEqual([sampleAt(0, 2)]);
  });

  it('begins again when the clock of the room has gone back', () => {
    expect(historyOf(sampleAt(10), sampleAt(20), sampleAt(5))).toEqual([sampleAt(5)]);
  });
});

describe('admissionRate', () => {
  it('is the mean of the last half minute', () => {
    const history = historyOf(
      sampleAt(0, 0),
      sampleAt(10, 10),
      sampleAt(20, 40),
      sampleAt(30, 60),
      sampleAt(40, 100),
    );
    expect(admissionRate(history, 4)).toBe(3);
    expect(admissionRate(history, 1)).toBe(1);
  });

  it('is not known of the first sample, after a gap, and after the totals were lost', () => {
    const gap = GAP_MS / 1_000 + 1;
    const history = historyOf(sampleAt(0, 0), sampleAt(gap, 50), sampleAt(gap + 2, 3));
    expect(history.map((_, index) => admissionRate(history, index))).toEqual([null, null, null]);
    expect(admissionRate([], 0)).toBeNull();
  });
});

describe('columnsOf', () => {
  it('has a hole where the page has seen nothing', () => {
    const columns = columnsOf(historyOf(sampleAt(0, 1), sampleAt(2, 2), sampleAt(600, 3)));
    expect(columns.waiting).toEqual([99, 98, null, 97]);
    expect(columns.at).toHaveLength(4);
    expect(columns.at.toSorted((a, b) => a - b)).toEqual(columns.at);
  });

  it('has no rows of a room that was not seen', () => {
    expect(columnsOf([])).toEqual({ at: [], waiting: [], active: [], parked: [], admitted: [], rate: [] });
  });
});

describe('minutesOf', () => {
  it('has the last sample of each minute, newest first', () => {
    const minutes = minutesOf(
      historyOf(sampleAt(0, 0), sampleAt(10, 10), sampleAt(58, 58), sampleAt(61, 61)),
    );
    expect(minutes.map(({ admittedTotal }) => admittedTotal)).toEqual([61, 58]);
  });
});
