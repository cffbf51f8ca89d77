import { afterEach, describe, expect, it, vi } from 'vitest';
import { timeZoneName, toInstant, toLocalInput } from '../../../src/console/components/local-time.ts';

describe('local time', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ['Asia/Seoul', '2026-12-24T10:00:00.000Z', '2026-12-24T19:00'],
    ['UTC', '2026-12-24T10:00:00.000Z', '2026-12-24T10:00'],
    ['America/New_York', '2026-07-01T03:30:15.000Z', '2026-06-30T23:30:15'],
  ])('in %s shows %s as %s and reads it back', (zone, instant, local) => {
    vi.stubEnv('TZ', zone);
    expect(toLocalInput(instant)).toBe(local);
    expect(toInstant(local)).toBe(instant);
  });

  it('is empty where there is no instant', () => {
    expect([toLocalInput(''), toInstant(''), toInstant('2026-13-40T99:99')]).toEqual(['', '', '']);
  });

  it('names the time zone with its offset at the instant', () => {
    vi.stubEnv('TZ', 'Asia/Seoul');
    expect(timeZoneName('2026-12-24T10:00:00.000Z')).toBe('Asia/Seoul (GMT+9)');
  });
});
