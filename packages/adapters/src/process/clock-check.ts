import type { Logger } from 'pino';
import type { Dependency } from './readiness.ts';

/** With a larger offset the clock is wrong: schedules follow Redis, but the times in logs and tokens are wrong. */
const OFFSET_MAX_MS = 1_000;
const CHECK_EVERY_MS = 5_000;

export type ClockCheck = {
  /** Reports a wrong clock in readiness. */
  readonly dependency: Dependency;
  readonly stop: () => void;
};

/** Compares the clock of this process with that of Redis every 5 s, and logs when it becomes wrong or right. */
export function startClockCheck(readOffsetMs: () => Promise<number>, logger: Logger): ClockCheck {
  let isWrong = false;

  async function check(): Promise<string | null> {
    const offsetMs = Math.round(await readOffsetMs());
    const wasWrong = isWrong;
    isWrong = Math.abs(offsetMs) > OFFSET_MAX_MS;
    if (isWrong && !wasWrong)
      logger.warn({ offsetMs }, 'the clock of this process differs from that of Redis');
    if (wasWrong && !isWrong) logger.info({ offsetMs }, 'the clock of this process is right again');
    return isWrong
      ? `the clock is ${Math.abs(offsetMs)} ms ${offsetMs > 0 ? 'ahead of' : 'behind'} Redis`
      : null;
  }

  // The check of Redis reports where Redis is down.
  const checkQuietly = () => void check().catch(() => undefined);
  checkQuietly();
  const timer = setInterval(checkQuietly, CHECK_EVERY_MS).unref();
  return { dependency: { name: 'clock', check }, stop: () => clearInterval(timer) };
}
