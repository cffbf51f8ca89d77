import type { Logger } from 'pino';
import type { Dependency } from './readiness.ts';

/** A clock that is further off than this is wrong: schedules follow Redis' time, but logs and tokens would lie. */
const OFFSET_MAX_MS = 1_000;
const CHECK_EVERY_MS = 5_000;

export type ClockCheck = {
  /** Says in readiness that the clock is wrong. */
  readonly dependency: Dependency;
  stop(): void;
};

/** Compares the clock of this process with Redis' every 5 s, and logs when it becomes wrong and when it is right again. */
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

  // Where Redis is away, its own check says so.
  const checkQuietly = () => void check().catch(() => undefined);
  checkQuietly();
  const timer = setInterval(checkQuietly, CHECK_EVERY_MS).unref();
  return { dependency: { name: 'clock', check }, stop: () => clearInterval(timer) };
}
