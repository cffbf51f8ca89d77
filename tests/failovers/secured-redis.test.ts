import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runJourney } from '../journeys/run-journey.ts';
import { admitFans, createFans } from '../support/crowd.ts';
import { expectOk } from '../support/operator.ts';
import { createSecuredAccess } from '../support/redis-sets/secured-access.ts';
import { type RedisNode, nodeOf } from '../support/redis-sets/redis-set.ts';
import type { ServerOptions } from '../support/open-servers.ts';
import { type Installation, startInstallation } from '../support/start-installation.ts';

const access = await createSecuredAccess();
const KINDS: readonly [string, ServerOptions][] = [
  ['a single server', { privateRedis: true }],
  ['a cluster', { redisSet: 'cluster' }],
  ['Sentinels', { redisSet: 'sentinel' }],
];

describe.each(KINDS)('with TLS, passwords and the rules of the runbook on %s', (_, servers) => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await startInstallation({ ...servers, redisAccess: access, http: 1, workers: 1 });
  });
  afterAll(() => installation?.close());

  function nodes(): readonly RedisNode[] {
    if (servers.redisSet !== undefined) return installation.redisSet().nodes;
    return [nodeOf(installation.privateRedis(), access.ca)];
  }

  async function epochOf(concertId: string): Promise<string> {
    const statement = 'select epoch from room_checkpoint where concert_id = ?';
    const [[row]] = (await installation.db.query(statement, [concertId])) as unknown as [[{ epoch: string }]];
    return row.epoch;
  }

  it('processes sell, and no server has refused them anything', async () => {
    const { admin } = installation;
    const [mina, jun, stranger] = ['mina', 'jun', 'stranger'].map((name) => installation.fan(name));
    await runJourney({ admin, mina: mina!, jun: jun!, stranger: stranger! });
    const sale = await installation.openSale();
    const [fan] = await admitFans(installation, sale, 10);
    expectOk(await fan!.charge(100));
    expectOk(await fan!.pay(expectOk(await fan!.hold(sale.eventId, [1])).id));
    expect(await installation.findViolations()).toEqual({});
    for (const { client } of nodes()) {
      expect(await client.acl('LOG')).toEqual([]);
      if (servers.redisSet === undefined) client.disconnect();
    }
  });

  it.runIf(servers.redisSet === 'cluster')('a planned failover keeps the epoch', async () => {
    const sale = await installation.openSale({ policy: { admission: { state: 'PAUSED' } } });
    const [fan] = createFans(installation, 1);
    expectOk(await fan!.join(sale.concertId));
    const epoch = await epochOf(sale.concertId);
    await installation.redisSet().failOver(createKeys('frontrow').room(sale.concertId).room);
    expect(expectOk(await fan!.status())).toMatchObject({ status: 'WAITING', position: 1 });
    expect(await epochOf(sale.concertId)).toBe(epoch);
  });
});
