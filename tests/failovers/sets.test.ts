import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginToMoveSlot, moveSlotAtomically } from '../support/moving-slot.ts';
import { type MysqlTestPorts, openMysqlTestPorts } from '../support/mysql-test-ports.ts';
import { startRedisCluster } from '../support/redis-sets/redis-cluster.ts';
import { startRedisSentinels } from '../support/redis-sets/redis-sentinels.ts';
import type { RedisSet } from '../support/redis-sets/redis-set.ts';
import { waitUntil } from '../support/services/wait-until.ts';
import { ROOMS } from './report/describe-failovers.ts';
import { note } from './report/note.ts';
import { type CrowdOutcome, type JoiningCrowd, openJoiningCrowd } from './joining-crowd.ts';

const ENGINES = ['redis', 'valkey'] as const;
const PROMOTED_WITHIN_MS = 60_000;
const BACK_WITHIN_MS = 10_000;

let testPorts: MysqlTestPorts;
beforeAll(async () => void (testPorts = await openMysqlTestPorts('grouped')));
afterAll(() => testPorts.close());

async function withCrowd(set: RedisSet, work: (crowd: JoiningCrowd) => Promise<void>): Promise<void> {
  const crowd = await openJoiningCrowd(testPorts, set);
  try {
    await work(crowd);
  } finally {
    await crowd.close();
  }
}

const LOSSLESS = { epochsRaised: 0, missing: [], drawnTwice: [] };

function report(what: string, { epochsRaised, silenceMs, missing, drawnTwice }: CrowdOutcome): void {
  note(ROOMS, {
    'what happened': what,
    'epochs raised': epochsRaised,
    'longest time without a join, in s': (silenceMs / 1_000).toFixed(1),
    'places missing': missing.length,
    'places given twice': drawnTwice.length,
  });
}

/** Kills the primary of the room, and lets it come back without its data. */
async function crash(set: RedisSet, { key }: JoiningCrowd): Promise<void> {
  const primary = await set.primaryOf(key);
  await primary.server.kill('SIGKILL');
  await waitUntil(async () => (await set.primaryOf(key)) !== primary, PROMOTED_WITHIN_MS);
  await primary.server.restart();
}

/** What a crash of the room's primary did. */
async function crashUnder(set: RedisSet, what: string): Promise<CrowdOutcome> {
  const crowd = await openJoiningCrowd(testPorts, set);
  try {
    const outcome = await crowd.joinDuring(() => crash(set, crowd));
    report(what, outcome);
    await set.settled();
    return outcome;
  } finally {
    await crowd.close();
  }
}

function expectSafe({ missing, drawnTwice, epochsRaised, silenceMs }: CrowdOutcome): void {
  expect({ missing, drawnTwice }).toEqual({ missing: [], drawnTwice: [] });
  expect(epochsRaised).toBeGreaterThan(0);
  expect(silenceMs).toBeLessThan(BACK_WITHIN_MS);
}

describe.each(ENGINES)('a room in a cluster of %s', (engine) => {
  let set: RedisSet;
  beforeAll(async () => void (set = await startRedisCluster({ engine, nodeTimeoutMs: 2_000 })));
  afterAll(() => set.stop());

  it('keeps its epoch while its primary hands over and fans join', () =>
    withCrowd(set, async (crowd) => {
      const outcome = await crowd.joinDuring(() => set.failOver(crowd.key));
      report(`${engine}: CLUSTER FAILOVER`, outcome);
      expect(outcome).toMatchObject(LOSSLESS);
    }));

  it('keeps its epoch while its slot moves key by key to another primary', () =>
    withCrowd(set, async (crowd) => {
      const outcome = await crowd.joinDuring(async () => {
        const moving = await beginToMoveSlot(set, crowd.key);
        await moving.finish();
      });
      report(`${engine}: a slot moved key by key`, outcome);
      expect(outcome).toMatchObject(LOSSLESS);
    }));

  it.runIf(engine === 'valkey')('keeps its epoch while its slot moves as a whole', () =>
    withCrowd(set, async (crowd) => {
      const outcome = await crowd.joinDuring(() => moveSlotAtomically(set, crowd.key));
      report(`${engine}: CLUSTER MIGRATESLOTS`, outcome);
      expect(outcome).toMatchObject(LOSSLESS);
    }),
  );

  it('raises its epoch and keeps every place when a replica takes over by force', () =>
    withCrowd(set, async (crowd) => {
      const outcome = await crowd.joinDuring(async () => {
        const primary = await set.primaryOf(crowd.key);
        const [replica] = await set.replicasOf(primary);
        // Its last writes reach no replica.
        await replica!.client.config('SET', 'masterauth', 'no password of the primary');
        await primary.client.config('SET', 'requirepass', 'a password that the replica has not');
        await primary.client.call('CLIENT', 'KILL', 'TYPE', 'replica');
        await replica!.client.cluster('FAILOVER', 'TAKEOVER');
        await waitUntil(async () => (await set.primaryOf(crowd.key)) === replica, PROMOTED_WITHIN_MS);
        await replica!.client.config('SET', 'masterauth', '');
        await primary.client.config('SET', 'requirepass', '');
      });
      report(`${engine}: CLUSTER FAILOVER TAKEOVER`, outcome);
      expect(outcome).toMatchObject({ missing: [], drawnTwice: [] });
      await set.settled();
    }));

  it('raises its epoch and keeps every place when its primary is killed', async () => {
    expect.hasAssertions();
    expectSafe(await crashUnder(set, `${engine} cluster: kill -9`));
  });
});

describe.each(ENGINES)('a room on Sentinels with %s', (engine) => {
  let set: Awaited<ReturnType<typeof startRedisSentinels>>;
  beforeAll(async () => void (set = await startRedisSentinels({ engine, downAfterMs: 2_000 })));
  afterAll(() => set.stop());

  it.runIf(engine === 'valkey')('keeps its epoch while the primary hands over and fans join', () =>
    withCrowd(set, async (crowd) => {
      const outcome = await crowd.joinDuring(async () => {
        const before = await set.primaryOf(crowd.key);
        await set.sentinels[0]!.client.call('SENTINEL', 'FAILOVER', 'frontrow', 'COORDINATED');
        await waitUntil(async () => (await set.primaryOf(crowd.key)) !== before, PROMOTED_WITHIN_MS);
      });
      report(`${engine}: SENTINEL FAILOVER COORDINATED`, outcome);
      expect(outcome).toMatchObject(LOSSLESS);
      await set.settled();
    }),
  );

  it('keeps every place when Sentinel promotes a replica while the old primary serves', () =>
    withCrowd(set, async (crowd) => {
      const outcome = await crowd.joinDuring(() => set.failOver(crowd.key));
      report(`${engine}: SENTINEL FAILOVER`, outcome);
      expect(outcome).toMatchObject({ missing: [], drawnTwice: [] });
    }));

  it('raises its epoch and keeps every place when the primary is killed', async () => {
    expect.hasAssertions();
    expectSafe(await crashUnder(set, `${engine} Sentinels: kill -9`));
  });
});
