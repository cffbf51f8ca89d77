import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createThrottledReport } from '../../src/system/throttled-report.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('reports a new error at once, and the same error again only after 10 s', () => {
  const reported: string[] = [];
  const report = createThrottledReport((error, about) => reported.push(`${about}: ${String(error)}`));
  for (const error of ['refused', 'refused', 'closed']) report(error, 'redis');
  report('refused', 'mysql');
  expect(reported).toEqual(['redis: refused', 'redis: closed', 'mysql: refused']);
  vi.advanceTimersByTime(10_000);
  report('refused', 'redis');
  expect(reported).toHaveLength(4);
});
