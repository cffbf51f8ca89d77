import { afterEach, expect, it } from 'vitest';
import { signAccessToken } from '../support/access-tokens.ts';
import { admitFans } from '../support/crowd.ts';
import { type EventStream, openSeatStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({
  http: 2,
  workers: 1,
  redisSet: 'cluster',
  env: { SEAT_HOLD_STRATEGY: 'distributed-lock' },
});
let stream: EventStream | null = null;
afterEach(() => stream?.close());

const BUYERS = 4;
const admission = { intervalMs: 200, recoveryGraceMs: 500 };

it('invalidates, streams seats and locks them after each node of a cluster was lost', async () => {
  const sale = await installation().openSale({ seatCount: 50, policy: { admission } });
  const set = installation().redisSet();
  for (const [index, { server }] of set.nodes.entries()) {
    const [watcher, ...buyers] = await admitFans(installation(), sale, BUYERS + 1);
    stream?.close();
    stream = await openSeatStream(installation().http[1]!.url, sale.eventId, {
      accessToken: await signAccessToken(watcher!.userId),
      ticket: watcher!.ticket(),
    });
    await stream.next(({ event }) => event === 'state');
    await server.kill();
    await set.settled();

    const seat = index + 1;
    const holds = await Promise.all(buyers.map((fan, buyer) => fan.at(buyer % 2).hold(sale.eventId, [seat])));
    expect(countOccurrences(holds.map(outcome))).toEqual({ 201: 1, '409 SEAT_UNAVAILABLE': BUYERS - 1 });
    await stream.next(
      ({ event, data }) => event === 'changes' && JSON.stringify(data.seats) === `[[${seat},"H"]]`,
    );

    const title = `Winter Light without node ${index}`;
    const path = `/v1/concerts/${sale.concertId}`;
    expectOk(await watcher!.at(1).send('GET', path));
    const admin = installation().admin.at(0);
    const adminPath = `/v1/admin/concerts/${sale.concertId}`;
    const { headers } = await admin.send('GET', adminPath);
    const ifMatch = { 'if-match': String(headers['etag']) };
    expectOk(await admin.send('PATCH', adminPath, { headers: ifMatch, body: { title } }));
    await eventually(async () =>
      expect(expectOk(await watcher!.at(1).send<{ title: string }>('GET', path)).title).toBe(title),
    );
    await server.restart();
    await set.settled();
  }
});
