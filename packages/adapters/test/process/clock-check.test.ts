import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { startClockCheck } from '../../src/process/clock-check.ts';

function startWith(offsets: number[]) {
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  let offset = 0;
  const clock = startClockCheck(async () => (offset = offsets.shift() ?? offset), logger);
  return {
    check: clock.dependency.check,
    stop: () => clock.stop(),
    messages: () => lines.map((line) => (JSON.parse(line) as { msg: string }).msg),
  };
}

describe('the check of the clock', () => {
  it('says in readiness how far the clock is off, in either direction', async () => {
    const { check, stop } = startWith([0, 999, 1_001, -600_000]);
    expect([await check(), await check(), await check()]).toEqual([
      null,
      'the clock is 1001 ms ahead of Redis',
      'the clock is 600000 ms behind Redis',
    ]);
    stop();
  });

  it('logs once when the clock becomes wrong and once when it is right again', async () => {
    const { check, stop, messages } = startWith([0, 5_000, 5_000, 0]);
    for (let count = 0; count < 3; count += 1) await check();
    expect(messages()).toEqual([
      'the clock of this process differs from that of Redis',
      'the clock of this process is right again',
    ]);
    stop();
  });
});
