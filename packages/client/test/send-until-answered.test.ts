import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerOf } from '../src/answer.ts';
import { payReservation } from '../src/generated/sdk.gen.ts';
import { type Wait, sendUntilAnswered } from '../src/send-until-answered.ts';
import {
  type Act,
  answers,
  answersHtml,
  createServerDouble,
  disconnects,
  refuses,
} from './support/server-double.ts';

const PAID = answers({ id: 'payment' }, { status: 201 });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function pay(acts: readonly Act[], options: { signal?: AbortSignal; patienceMs?: number } = {}) {
  const { client, requests } = createServerDouble(...acts);
  const waits: Wait[] = [];
  const call = { client, body: { reservationId: 'r' }, headers: { 'Idempotency-Key': 'key' } };
  const answer = sendUntilAnswered(() => answerOf(payReservation(call)), {
    onWait: (wait) => waits.push(wait),
    random: () => 1,
    ...options,
  });
  return { answer, requests, waits };
}

describe('sendUntilAnswered', () => {
  it('repeats a request with the same key and body while its outcome is not known', async () => {
    const acts = [
      disconnects,
      refuses(503, 'UNAVAILABLE', { 'Retry-After': '2' }),
      refuses(409, 'IDEMPOTENCY_IN_PROGRESS', { 'Retry-After': '1' }),
      refuses(429, 'RATE_LIMITED', { 'Retry-After': '10' }),
      answersHtml(502),
      PAID,
    ];
    const { answer, requests, waits } = pay(acts);
    await vi.runAllTimersAsync();
    expect(await answer).toMatchObject({ ok: true, data: { id: 'payment' } });
    expect(requests).toHaveLength(6);
    expect(new Set(requests.map(({ headers }) => headers.get('Idempotency-Key')))).toEqual(new Set(['key']));
    expect(waits.map(({ code, attempt }) => `${attempt} ${code}`)).toEqual([
      '1 UNREACHABLE',
      '2 UNAVAILABLE',
      '3 IDEMPOTENCY_IN_PROGRESS',
      '4 RATE_LIMITED',
      '5 UNREACHABLE',
    ]);
  });

  it('never waits less than Retry-After, and longer after each failure', async () => {
    const { answer, waits } = pay([
      refuses(429, 'RATE_LIMITED', { 'Retry-After': '10' }),
      disconnects,
      disconnects,
      PAID,
    ]);
    await vi.runAllTimersAsync();
    await answer;
    const [first = 0, second = 0, third = 0] = waits.map(({ waitMs }) => waitMs);
    expect(first).toBeGreaterThanOrEqual(10_000);
    expect(third).toBeGreaterThan(second);
  });

  it.each([
    refuses(402, 'INSUFFICIENT_BALANCE'),
    refuses(410, 'HOLD_EXPIRED'),
    refuses(401, 'UNAUTHENTICATED'),
    refuses(500, 'INTERNAL'),
  ])('returns an answer that a repeat does not change', async (act) => {
    const { answer, requests } = pay([act]);
    expect((await answer).ok).toBe(false);
    expect(requests).toHaveLength(1);
  });

  it('returns the last answer when its time is over', async () => {
    const { answer, requests, waits } = pay([disconnects], { patienceMs: 20_000 });
    await vi.runAllTimersAsync();
    expect(await answer).toMatchObject({ ok: false, problem: { code: 'UNREACHABLE' } });
    const waited = waits.reduce((sum, { waitMs }) => sum + waitMs, 0);
    expect(waited).toBeLessThanOrEqual(20_000);
    expect(requests).toHaveLength(waits.length + 1);
  });

  it('stops while it waits when the signal is aborted', async () => {
    const abort = new AbortController();
    const { answer, requests } = pay([disconnects, PAID], { signal: abort.signal });
    await vi.advanceTimersByTimeAsync(100);
    abort.abort();
    expect(await answer).toMatchObject({ ok: false });
    expect(requests).toHaveLength(1);
  });
});
