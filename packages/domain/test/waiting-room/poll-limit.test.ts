import { array, check, integer, option, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLL_MAX_MS, pollAfterMs } from '../../src/waiting-room/admission.ts';
import {
  POLL_BURST,
  type PollAllowance,
  afterStatusSent,
  takePoll,
} from '../../src/waiting-room/poll-limit.ts';

/** A place whose polls are answered with this `pollAfterMs`. */
function createPlace(lastPollAfterMs: number | null) {
  let allowance: PollAllowance | null = null;
  return (nowMs: number): number => {
    const decision = takePoll(allowance, nowMs);
    if (!decision.isAllowed) return decision.retryAfterMs;
    allowance = afterStatusSent(decision.allowance, lastPollAfterMs);
    return 0;
  };
}

describe('takePoll', () => {
  it('answers a burst of eight, and then gives the time until the next', () => {
    const poll = createPlace(6_000);
    for (let count = 0; count < POLL_BURST; count++) expect(poll(1_000)).toBe(0);
    expect(poll(1_000)).toBe(1_000);
    expect(poll(1_500)).toBe(500);
    expect(poll(1_750)).toBe(250);
    expect(poll(2_000)).toBe(0);
    expect(poll(2_000)).toBe(1_000);
  });

  it('answers at most six polls for each pollAfterMs in the long run', () => {
    const poll = createPlace(3_000);
    let answered = 0;
    for (let nowMs = 0; nowMs <= 300_000; nowMs += 100) answered += poll(nowMs) === 0 ? 1 : 0;
    expect(answered).toBeLessThanOrEqual(POLL_BURST + 600);
    expect(answered).toBeGreaterThanOrEqual(600);
  });

  it('never refuses a fan with four tabs that poll 20 % early', () => {
    const waits = array(option(integer({ min: 0, max: 200_000 })), { maxLength: 200 });
    const visits = property(waits, integer({ min: 0, max: 999 }), (waitsMs, permille) => {
      let allowance: PollAllowance | null = null;
      let nowMs = 5;
      for (const waitMs of waitsMs) {
        const lastPollAfterMs = pollAfterMs(waitMs, permille / 1_000);
        for (let tab = 0; tab < 4; tab++) {
          const decision = takePoll(allowance, nowMs);
          if (!decision.isAllowed) return false;
          allowance = afterStatusSent(decision.allowance, lastPollAfterMs);
        }
        nowMs += 0.8 * lastPollAfterMs;
      }
      return true;
    });
    expect(check(visits)).toMatchObject({ failed: false });
  });

  it('never refuses four tabs that each poll as told, at times of their own', () => {
    const jitters = array(integer({ min: 0, max: 999 }), { minLength: 200, maxLength: 400 });
    const visits = property(jitters, (permilles) => {
      let allowance: PollAllowance | null = null;
      const nextAtMs = [0, 150, 400, 900];
      for (const [count, permille] of permilles.entries()) {
        const nowMs = Math.min(...nextAtMs);
        const decision = takePoll(allowance, nowMs);
        if (!decision.isAllowed) return false;
        const toldMs = pollAfterMs(Math.max(0, 60_000 - count * 300), permille / 1_000);
        allowance = afterStatusSent(decision.allowance, toldMs);
        nextAtMs[nextAtMs.indexOf(nowMs)] = nowMs + toldMs;
      }
      return true;
    });
    expect(check(visits)).toMatchObject({ failed: false });
  });

  it('depends on the last pollAfterMs of the fan', () => {
    const atFront = afterStatusSent({ polls: 0, everyMs: 1, atMs: 0 }, 900);
    expect(takePoll(atFront, 300)).toMatchObject({ isAllowed: true });
    const farBack = afterStatusSent(atFront, 18_000);
    expect(takePoll(farBack, 300)).toEqual({ isAllowed: false, retryAfterMs: 2_700 });
  });

  it('counts an end as the longest pollAfterMs', () => {
    expect(afterStatusSent({ polls: 0, everyMs: 1, atMs: 0 }, null).everyMs).toBe(POLL_MAX_MS / 6);
  });

  it('answers after the clock was set back', () => {
    const allowance = { polls: 1, everyMs: 1_000, atMs: 50_000 };
    expect(takePoll(allowance, 0)).toMatchObject({ isAllowed: true, allowance: { polls: 0, atMs: 0 } });
  });
});
