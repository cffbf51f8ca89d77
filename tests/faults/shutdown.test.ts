import { expect, it } from 'vitest';
import type { Problem } from '../support/response-bodies.ts';
import type { Answer } from '../support/client.ts';
import { createFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { useInstallation } from '../support/use-installation.ts';

const CROWD = 128;
/** A process that does not end within its grace exits with 1. */
const installation = useInstallation({ http: 2, workers: 2, env: { SHUTDOWN_GRACE_MS: '60000' } });

it('answers every request that was sent to an HTTP process before it ends', async () => {
  const [leaving] = installation().http;
  const fans = createFans(installation(), CROWD);
  const { concertId } = await installation().openSale();
  const outcomes: string[] = [];
  const charged = new Map<Fan, number>();
  const abort = new AbortController();
  let isLeaving = false;
  await Promise.all(fans.map(async (fan) => expectOk(await fan.at(0).wallet())));
  /** A client changes to the other process when its connection is closed or refused, and sends the request there again. */
  const sendRequests = async (fan: Fan) => {
    let process = 0;
    for (let round = 0; !abort.signal.aborted; round += 1) {
      const isCharge = round % 4 === 0;
      const key = `round-${round}`;
      const send = (): Promise<Answer<Problem>> =>
        isCharge ? fan.at(process).charge(1, key) : fan.at(process).send('GET', `/v1/concerts/${concertId}`);
      // An idle connection may be closed while a request is on its way, but not before the process was told to end.
      const allowed = isLeaving ? ['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET'] : ['ECONNREFUSED'];
      let answer = await send().catch(describeError);
      if (typeof answer === 'string' && process === 0 && allowed.includes(answer)) {
        process = 1;
        answer = await send().catch(describeError);
      }
      if (closesConnection(answer)) process = 1;
      outcomes.push(typeof answer === 'string' ? answer : outcome(answer));
      if (isCharge) charged.set(fan, (charged.get(fan) ?? 0) + 1);
    }
  };
  const load = Promise.all(fans.map(sendRequests));
  await eventually(async () => expect(outcomes.length).toBeGreaterThan(10 * CROWD));
  isLeaving = true;
  const exit = await leaving?.kill('SIGTERM');
  const answered = outcomes.length;
  await eventually(async () => expect(outcomes.length).toBeGreaterThan(answered + CROWD));
  abort.abort();
  await load;

  expect(exit).toEqual({ code: 0, signal: null });
  expect(Object.keys(countOccurrences(outcomes)).toSorted()).toEqual(['200', '201']);
  for (const fan of fans) expect(expectOk(await fan.wallet()).balance).toBe(charged.get(fan));
});

it('lets a worker finish its jobs, and the other worker goes on', async () => {
  const admission = { batchSize: 5, intervalMs: 100 };
  const { concertId } = await installation().openSale({ policy: { admission } });
  const joinAll = (fans: readonly Fan[]) =>
    Promise.all(fans.map(async (fan) => expectOk(await fan.join(concertId))));
  await joinAll(createFans(installation(), 60));
  expect(await installation().workers[0]?.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  await joinAll(createFans(installation(), 20));
  await eventually(async () =>
    expect(await installation().room(concertId)).toMatchObject({ waiting: 0, active: 80 }),
  );
});

function closesConnection(answer: Answer<unknown> | string): boolean {
  return typeof answer !== 'string' && answer.headers['connection'] === 'close';
}

function describeError(error: Error & { code?: string }): string {
  return error.code ?? error.message;
}
