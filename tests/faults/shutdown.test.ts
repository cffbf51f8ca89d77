import { expect, it } from 'vitest';
import type { Problem } from '../support/response-bodies.ts';
import type { Answer } from '../support/client.ts';
import { createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const GRACE_MS = 8_000;
const CROWD = 128;
const installation = useInstallation({ http: 2, workers: 2, env: { SHUTDOWN_GRACE_MS: String(GRACE_MS) } });

it('answers every request that was sent to an HTTP process before it ends', async () => {
  const [leaving] = installation().http;
  const fans = createFans(installation(), CROWD);
  const { concertId } = await installation().openSale();
  const outcomes: string[] = [];
  const charged = new Map<Fan, number>();
  const abort = new AbortController();
  await Promise.all(fans.map(async (fan) => expectOk(await fan.at(0).wallet())));
  // A client changes to the other process when its connection is closed or refused.
  const sendRequests = async (fan: Fan) => {
    let process = 0;
    for (let round = 0; !abort.signal.aborted; round += 1) {
      const isCharge = round % 4 === 0;
      const pending = isCharge
        ? fan.at(process).charge(1)
        : fan.at(process).send('GET', `/v1/concerts/${concertId}`);
      const answer = await (pending as Promise<Answer<Problem>>).catch(describeError);
      if (answer === 'ECONNREFUSED' || closesConnection(answer)) process = 1;
      if (answer === 'ECONNREFUSED') continue;
      outcomes.push(typeof answer === 'string' ? answer : outcome(answer));
      if (isCharge) charged.set(fan, (charged.get(fan) ?? 0) + 1);
    }
  };
  const load = Promise.all(fans.map(sendRequests));
  await eventually(async () => expect(outcomes.length).toBeGreaterThan(10 * CROWD));
  const { durationMs, exit } = await terminate(leaving);
  const answered = outcomes.length;
  await eventually(async () => expect(outcomes.length).toBeGreaterThan(answered + CROWD));
  abort.abort();
  await load;

  expect(exit).toEqual({ code: 0, signal: null });
  expect(durationMs).toBeLessThan(GRACE_MS);
  expect(Object.keys(countOccurrences(outcomes)).toSorted()).toEqual(['200', '201']);
  for (const fan of fans) expect(expectOk(await fan.wallet()).balance).toBe(charged.get(fan));
});

it('lets a worker finish its jobs, and the other worker goes on', async () => {
  const admission = { batchSize: 5, intervalMs: 100 };
  const sale = await installation().openSale({ policy: { admission } });
  const crowd = createFans(installation(), 60);
  await Promise.all(crowd.map(async (fan) => expectOk(await fan.join(sale.concertId))));
  const { durationMs, exit } = await terminate(installation().workers[0]);
  expect(exit).toEqual({ code: 0, signal: null });
  expect(durationMs).toBeLessThan(GRACE_MS);
  expect((await installation().room(sale.concertId)).waiting).toBeGreaterThan(0);
  await eventually(async () => expect((await installation().room(sale.concertId)).waiting).toBe(0));
});

async function terminate(process: ReturnType<typeof installation>['http'][number] | undefined) {
  if (process === undefined) throw new Error('there is no process to end');
  const startedAt = performance.now();
  const exit = await process.kill('SIGTERM');
  return { exit, durationMs: performance.now() - startedAt };
}

function closesConnection(answer: Answer<unknown> | string): boolean {
  return typeof answer !== 'string' && answer.headers['connection'] === 'close';
}

function describeError(error: Error & { code?: string }): string {
  return error.code ?? error.message;
}
