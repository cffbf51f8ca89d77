import { expect, it } from 'vitest';
import { WEBHOOK_ATTEMPTS_MAX, retryDelayMs } from '../../src/webhooks/retry-schedule.ts';

const HOUR_MS = 3_600_000;

it('repeats by the schedule of Standard Webhooks, over three days', () => {
  const delays = Array.from({ length: WEBHOOK_ATTEMPTS_MAX }, (_, index) => retryDelayMs(index + 1, null, 0));
  expect(delays).toEqual([
    5_000,
    300_000,
    HOUR_MS / 2,
    ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS),
    null,
  ]);
});

it('waits longer by a random part', () => {
  expect(retryDelayMs(1, null, 0.5)).toBe(5_250);
});

it('waits as long as the receiver asks for, and at most a day', () => {
  expect(retryDelayMs(1, 60_000, 0)).toBe(60_000);
  expect(retryDelayMs(2, 1_000, 0)).toBe(300_000);
  expect(retryDelayMs(1, 1_000 * HOUR_MS, 0)).toBe(24 * HOUR_MS);
  expect(retryDelayMs(WEBHOOK_ATTEMPTS_MAX, 60_000, 0)).toBeNull();
});
