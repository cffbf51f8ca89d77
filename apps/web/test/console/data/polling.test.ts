import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPolling } from '../../../src/console/data/polling.ts';

function pollingOf(answer: () => number | null = () => null, hasFailed = () => false) {
  const visibility = Object.assign(new EventTarget(), { hidden: false });
  const counts = { reads: 0 };
  const refresh = () => {
    counts.reads++;
    return Promise.resolve(answer());
  };
  const stop = startPolling(refresh, 2_000, hasFailed, visibility);
  const change = (hidden: boolean) => {
    visibility.hidden = hidden;
    visibility.dispatchEvent(new Event('visibilitychange'));
  };
  return { counts, stop, change };
}

describe('startPolling', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('reads now and after each interval, until it is ended', async () => {
    const { counts, stop } = pollingOf();
    await vi.advanceTimersByTimeAsync(4_100);
    expect(counts.reads).toBe(3);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(counts.reads).toBe(3);
  });

  it('reads nothing while the page is hidden, and at once when it is shown', async () => {
    const { counts, change } = pollingOf();
    await vi.advanceTimersByTimeAsync(100);
    change(true);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(counts.reads).toBe(1);
    change(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(counts.reads).toBe(2);
  });

  it('slows down while reads fail', async () => {
    const { counts } = pollingOf(
      () => null,
      () => true,
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(counts.reads).toBeLessThan(8);
  });

  it('waits as long as the server asks', async () => {
    const { counts } = pollingOf(() => 10_000);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(counts.reads).toBe(1);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(counts.reads).toBe(2);
  });
});
