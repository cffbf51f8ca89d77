import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { type ActivePlace, readRoom } from '../support/read-room.ts';
import { expectOk } from '../support/operator.ts';
import { sequenceIn } from '../support/ticket.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 2 });
const BATCH_DEFAULT = 1_400;
const CLAIM_TTL_MS = 600_000;
const SESSION_TTL_MS = 5_000_000;

it('admits 3,000 fans who join together by sequence, and never more than the batch in one window', async () => {
  // One window, so that no further batch is admitted while the crowd joins on a slow machine.
  const admission = { intervalMs: 600_000, claimTtlMs: CLAIM_TTL_MS, sessionTtlMs: SESSION_TTL_MS };
  const { concertId } = await installation().openSale({ policy: { admission } });
  const crowd = createFans(installation(), 3_000);
  const joined = await Promise.all(crowd.map((fan) => fan.join(concertId)));
  expect(countOccurrences(joined.map(({ status }) => status))).toEqual({ '201': 3_000 });

  const line = crowd.toSorted((a, b) => sequenceOf(a) - sequenceOf(b));
  expect(new Set(line.map(sequenceOf)).size).toBe(3_000);
  await eventually(async () => {
    const statuses = await Promise.all(line.map(async (fan) => expectOk(await fan.status())));
    expect(countOccurrences(statuses.map(({ status }) => status))).toEqual({
      ACTIVE: BATCH_DEFAULT,
      WAITING: 1_600,
    });
    expect(statuses.map(({ position }) => position)).toEqual(
      line.map((_, index) => Math.max(0, index + 1 - BATCH_DEFAULT)),
    );
  });

  // Further batches are admitted while other fans join at the end of the line.
  const batchSize = 400;
  const intervalMs = 300;
  await installation().changePolicy(concertId, { admission: { batchSize, intervalMs } });
  const late = createFans(installation(), 300);
  const lateJoined = Promise.all(late.map(async (fan) => expectOk(await fan.join(concertId))));
  for (let active = 0; active < 3_300; await delay(10)) {
    const room = await readRoom(installation(), concertId);
    active = room.active.length;
    const firstWaiting = Math.min(...room.waiting);
    expect(Math.max(...room.active.map(({ sequence }) => sequence))).toBeLessThan(firstWaiting);
  }
  await lateJoined;
  const { active } = await readRoom(installation(), concertId);
  const moments = active.map(admittedAt).toSorted((a, b) => a - b);
  const windows = countsByWindow(moments.slice(BATCH_DEFAULT), intervalMs);
  expect(windows.length).toBeGreaterThanOrEqual(1_900 / batchSize);
  for (const admitted of windows) expect(admitted).toBeLessThanOrEqual(batchSize);

  await eventually(async () => {
    const all = await Promise.all([...crowd, ...late].map(async (fan) => expectOk(await fan.status())));
    expect(countOccurrences(all.map(({ status, position }) => `${status} ${position}`))).toEqual({
      'ACTIVE 0': 3_300,
    });
  });
});

it.each(['RUNNING', 'PAUSED'])(
  'gives a user who joins 50 times at once one place in a %s room',
  async (state) => {
    const { concertId } = await installation().openSale({ policy: { admission: { state } } });
    const fan = installation().fan('joins again and again');
    const joined = await Promise.all(Array.from({ length: 50 }, () => fan.join(concertId)));

    expect(countOccurrences(joined.map(({ status }) => status))).toEqual({ '200': 49, '201': 1 });
    expect(new Set(joined.map(({ body }) => sequenceIn(body.token ?? ''))).size).toBe(1);
    const places = joined.map(({ body }) => [body.status, body.position, body.issuedAt]);
    expect(new Set(places.map(String)).size).toBe(1);
    const { waiting, active } = await installation().room(concertId);
    expect([waiting, active]).toEqual(state === 'RUNNING' ? [0, 1] : [1, 0]);
  },
);

function sequenceOf(fan: Fan): number {
  return sequenceIn(fan.ticket());
}

/** A fan admitted by a tick has a claim window from that moment; one admitted on joining has a session. */
function admittedAt({ isClaimed, endsAt }: ActivePlace): number {
  return endsAt - (isClaimed ? SESSION_TTL_MS : CLAIM_TTL_MS);
}

/** `moments` ascend. A window opens with its first admission; the next one opens `intervalMs` later at the earliest. */
function countsByWindow(moments: readonly number[], intervalMs: number): number[] {
  const counts: number[] = [];
  let openedAt = -Infinity;
  for (const moment of moments) {
    if (moment >= openedAt + intervalMs) {
      openedAt = moment;
      counts.push(0);
    }
    counts.push((counts.pop() ?? 0) + 1);
  }
  return counts;
}
