import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { outcome } from '../support/outcomes.ts';
import type { Installation } from '../support/start-installation.ts';

export type HttpCrowdOutcome = {
  /** The longest time without an acknowledged join. */
  readonly silenceMs: number;
  /** Fans whose join was acknowledged. */
  readonly joined: number;
  /** Different places that they have. */
  readonly places: number;
  /** Fans who are not behind one whose join was acknowledged before they sent theirs. */
  readonly outOfOrder: number;
  /** Answers that a client cannot act on. */
  readonly unexpected: readonly string[];
};

/** Fans who join a paused room by HTTP. */
export type HttpCrowd = {
  joinDuring(work: () => Promise<unknown>): Promise<HttpCrowdOutcome>;
};

/** Each joins one fan after the other. */
const QUEUES = 3;
const AROUND_MS = 1_000;
const RETRY_MS = 50;
const FAN_EVERY_MS = 20;

export function createHttpCrowd(
  { impatient }: Pick<Installation, 'impatient'>,
  concertId: string,
  name: string,
): HttpCrowd {
  const queues: Fan[][] = Array.from({ length: QUEUES }, () => []);
  const unexpected: string[] = [];
  let silenceMs = 0;
  let lastAt = performance.now();

  async function join(fan: Fan): Promise<void> {
    for (;;) {
      // A killed process answers nothing.
      const answer = await fan.join(concertId).catch(() => null);
      if (answer !== null && answer.status < 300) break;
      if (answer !== null && answer.status !== 503) unexpected.push(outcome(answer));
      await delay(RETRY_MS);
    }
    silenceMs = Math.max(silenceMs, performance.now() - lastAt);
    lastAt = performance.now();
  }

  return {
    async joinDuring(work) {
      const over = new AbortController();
      lastAt = performance.now();
      const joining = queues.map(async (fans, queue) => {
        while (!over.signal.aborted) {
          const fan = impatient.fan(`${name} ${queue} ${fans.length}`);
          await join(fan);
          fans.push(fan);
          await delay(FAN_EVERY_MS);
        }
      });
      try {
        await delay(AROUND_MS);
        await work();
        await delay(AROUND_MS);
      } finally {
        over.abort();
        await Promise.all(joining);
      }
      const positions = await eventually(() =>
        Promise.all(queues.map((fans) => Promise.all(fans.map(positionOf)))),
      );
      const outOfOrder = positions.flatMap((line) =>
        line.filter((place, at) => at > 0 && place < line[at - 1]!),
      );
      return {
        silenceMs: Math.round(silenceMs),
        joined: queues.flat().length,
        places: new Set(positions.flat()).size,
        outOfOrder: outOfOrder.length,
        unexpected,
      };
    },
  };
}

/** Throws while the place is not back, or not known yet. */
async function positionOf(fan: Fan): Promise<number> {
  const { status, position } = expectOk(await fan.status());
  if (status !== 'WAITING' || position === null || position === undefined)
    throw new Error(`${status} at ${position}`);
  return position;
}
