import { describe, expect, it } from 'vitest';
import { createServerClock } from '../src/server-clock.ts';

const AT = Date.parse('2026-12-01T11:00:00.000Z');

/** A clock of a device whose time is an hour wrong, beside the true time. */
function createDevice(wrongByMs = -3_600_000) {
  let local = 1_000;
  let jumpMs = 0;
  const trueTime = () => AT + local - 1_000;
  const clock = createServerClock(
    () => local,
    () => trueTime() + wrongByMs + jumpMs,
  );
  return {
    clock,
    trueTime,
    pass: (ms: number) => void (local += ms),
    jump: (ms: number) => void (jumpMs += ms),
    /** Asks a server whose answer takes so long on each way. */
    ask(thereMs: number, backMs: number) {
      const sentAt = local;
      local += thereMs;
      const date = new Date(trueTime()).toUTCString();
      local += backMs;
      clock.learnFromDate(date, sentAt, local);
    },
  };
}

describe('the server clock', () => {
  it('has the time of the device before the first answer', () => {
    const { clock, trueTime } = createDevice(-3_600_000);
    expect(clock.now()).toBe(trueTime() - 3_600_000);
  });

  it('is within half a second after one answer, and within the delay of the network after some', () => {
    const device = createDevice();
    device.ask(20, 20);
    expect(Math.abs(device.clock.now() - device.trueTime())).toBeLessThanOrEqual(540);
    for (let second = 0; second < 20; second += 1) {
      device.pass(1_037);
      device.ask(20, 20);
    }
    expect(Math.abs(device.clock.now() - device.trueTime())).toBeLessThanOrEqual(60);
  });

  it('is right whatever the delays of the answers are', () => {
    const device = createDevice();
    for (let at = 0; at < 200; at += 1) {
      device.pass(313);
      device.ask((at * 37) % 400, (at * 91) % 2_000);
      device.clock.learnFromAsOf(new Date(device.trueTime() - ((at * 53) % 1_000)).toISOString());
    }
    expect(Math.abs(device.clock.now() - device.trueTime())).toBeLessThanOrEqual(300);
  });

  it('does not follow the clock of the device when that jumps', () => {
    const device = createDevice();
    device.ask(20, 20);
    const before = device.clock.now() - device.trueTime();
    device.jump(86_400_000);
    expect(device.clock.now() - device.trueTime()).toBe(before);
  });

  it('never goes back while answers make it more exact', () => {
    const device = createDevice();
    let last = -Infinity;
    for (let at = 0; at < 500; at += 1) {
      device.pass(7);
      if (at % 10 === 0) device.ask((at * 37) % 90, (at * 91) % 90);
      expect(device.clock.now()).toBeGreaterThanOrEqual(last);
      last = device.clock.now();
    }
  });

  it('begins anew after the device has slept and its clocks have stopped', () => {
    const device = createDevice();
    device.ask(20, 20);
    const slept = createServerClock(
      () => 5_000,
      () => 0,
    );
    slept.learnFromDate(new Date(AT).toUTCString(), 4_960, 5_000);
    // The monotonic clock stands still for an hour.
    slept.learnFromDate(new Date(AT + 3_600_000).toUTCString(), 4_960, 5_000);
    expect(Math.abs(slept.now() - AT - 3_600_000)).toBeLessThanOrEqual(540);
    slept.learnFromDate(new Date(AT).toUTCString(), 4_960, 5_000);
    expect(Math.abs(slept.now() - AT)).toBeLessThanOrEqual(540);
  });

  it('moves no further than a late Date of a busy server forces it to', () => {
    const device = createDevice();
    device.ask(0, 0);
    device.clock.learnFromAsOf(new Date(device.trueTime()).toISOString());
    const lateBy = 1_400;
    const local = device.clock.localNow();
    device.clock.learnFromDate(new Date(device.trueTime() - lateBy).toUTCString(), local, local);
    expect(Math.abs(device.clock.now() - device.trueTime())).toBeLessThanOrEqual(lateBy);
    device.clock.learnFromAsOf(new Date(device.trueTime()).toISOString());
    expect(device.clock.now() - device.trueTime()).toBeLessThanOrEqual(500);
    expect(device.clock.now() - device.trueTime()).toBeGreaterThanOrEqual(0);
  });

  it('takes asOf for a lower bound: an answer may be old', () => {
    const device = createDevice();
    device.ask(0, 0);
    const before = device.clock.now();
    device.clock.learnFromAsOf(new Date(device.trueTime() - 10_000).toISOString());
    expect(device.clock.now()).toBe(before);
  });

  it('knows the time from asOf alone, where a page of another origin cannot read Date', () => {
    const device = createDevice();
    device.clock.learnFromAsOf(new Date(device.trueTime() - 40).toISOString());
    expect(device.clock.now()).toBe(device.trueTime() - 40);
  });

  it('counts down by the time of the server, and not below zero', () => {
    const device = createDevice();
    device.clock.learnFromAsOf(new Date(device.trueTime()).toISOString());
    const end = new Date(device.trueTime() + 90_000).toISOString();
    expect(device.clock.msUntil(end)).toBe(90_000);
    device.pass(100_000);
    expect(device.clock.msUntil(end)).toBe(0);
  });

  it('ignores a date that is none', () => {
    const device = createDevice(0);
    device.clock.learnFromDate(null, 0, 0);
    device.clock.learnFromDate('yesterday', 0, 0);
    device.clock.learnFromAsOf('');
    expect(device.clock.now()).toBe(device.trueTime());
  });
});
