import { setTimeout as delay } from 'node:timers/promises';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVERY_SEAT_SOLD, playContestedSale } from '../support/contested-sale.ts';
import { eventually } from '../support/eventually.ts';
import type { RedisNode } from '../support/redis-sets/redis-set.ts';
import { REDIS_SET_KINDS } from '../support/redis-sets/start-redis-set.ts';
import { waitUntil } from '../support/services/wait-until.ts';
import { type Installation, startInstallation } from '../support/start-installation.ts';
import { ATTACKS } from './report/describe-failovers.ts';
import { note } from './report/note.ts';
import { createHttpCrowd } from './http-crowd.ts';

const BACK_WITHIN_MS = 10_000;
const PROMOTED_WITHIN_MS = 60_000;
/** Longer than the servers wait for one that does not answer. */
const HANGS_FOR_MS = 5_000;
const admission = { intervalMs: 200, recoveryGraceMs: 2_000 };

/** By the roles of its replicas, because the primary may not answer. */
const isReplaced = (replicas: readonly RedisNode[]) =>
  waitUntil(async () => {
    const roles = await Promise.all(replicas.map(({ client }) => client.role()));
    return roles.some(([role]) => role === 'master');
  }, PROMOTED_WITHIN_MS);

async function hang({ server }: RedisNode, work: () => Promise<unknown>): Promise<void> {
  const pid = server.pid!;
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

async function killOne(processes: Installation['http'], startAgain: () => Promise<unknown>): Promise<void> {
  await processes.find((process) => process.isRunning())!.kill('SIGKILL');
  // A process that starts while Redis has no primary ends, and whoever runs it starts it again.
  await eventually(startAgain, PROMOTED_WITHIN_MS);
}

describe.each(REDIS_SET_KINDS)('an installation on a %s', (kind) => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await startInstallation({ http: 2, workers: 2, redisSet: kind, redisRelay: true });
  });
  afterAll(() => installation?.close());

  const set = () => installation.redisSet();
  const keyOf = (concertId: string) => createKeys(installation.keyPrefix).room(concertId).room;
  const killHttp = () => killOne(installation.http, () => installation.startHttp());
  const killWorker = () => killOne(installation.workers, () => installation.startWorker());

  async function killPrimary(key: string): Promise<void> {
    const { server } = await set().primaryOf(key);
    await server.kill();
    await Promise.all([killHttp(), killWorker()]);
    await server.restart();
  }

  const ACTS: readonly [string, (key: string) => Promise<unknown>][] = [
    [
      'the relay cuts the primary off',
      async (key) => {
        const primary = await set().primaryOf(key);
        const relay = set().relay!;
        const replicas = await set().replicasOf(primary);
        relay.setMode('SWALLOW');
        await isReplaced(replicas);
        relay.setMode('PASS');
      },
    ],
    [
      'a replica hangs',
      async (key) => {
        const [replica] = await set().replicasOf(await set().primaryOf(key));
        await hang(replica!, () => delay(HANGS_FOR_MS));
      },
    ],
    [
      'the primary hangs',
      async (key) => {
        const primary = await set().primaryOf(key);
        const replicas = await set().replicasOf(primary);
        await hang(primary, () => isReplaced(replicas));
      },
    ],
    ['an HTTP process is killed', killHttp],
    ['a worker is killed', killWorker],
    ['the primary, an HTTP process and a worker are killed', killPrimary],
  ];

  // Clients ask the nodes of a cluster for their addresses, so no relay is between them.
  it.each(ACTS.slice(kind === 'cluster' ? 1 : 0))(
    'serves, keeps the order and loses no place while %s',
    async (what, act) => {
      const { concertId } = await installation.openSale({
        policy: { admission: { ...admission, state: 'PAUSED' } },
      });
      const crowd = createHttpCrowd(installation, concertId, `${kind} ${what}`);
      const outcome = await crowd.joinDuring(() => act(keyOf(concertId)));
      await set().settled();
      const violations = await eventually(async () => {
        const found = await installation.findViolations();
        expect(found).toEqual({});
        return Object.keys(found).length;
      });
      note(ATTACKS, {
        set: kind,
        'what happened': what,
        'longest time without a join, in s': (outcome.silenceMs / 1_000).toFixed(1),
        joined: outcome.joined,
        'out of order': outcome.outOfOrder,
        'twice or missing': outcome.joined - outcome.places,
        'other answers than 2xx and 503': outcome.unexpected.length,
        'rules that the audit finds broken': violations,
      });
      expect(outcome).toMatchObject({ outOfOrder: 0, places: outcome.joined, unexpected: [] });
      expect(outcome.silenceMs).toBeLessThan(BACK_WITHIN_MS);
    },
  );

  it('sells each seat once while the primary and processes are killed', async () => {
    const outcome = await playContestedSale(installation, {
      admission,
      seed: 16,
      attack: async (sale) => {
        const { server } = await set().primaryOf(keyOf(sale.concertId));
        await Promise.all([server.kill(), killWorker()]);
        await server.restart();
      },
    });
    expect(outcome).toEqual(EVERY_SEAT_SOLD);
    await set().settled();
    expect(await installation.findViolations()).toEqual({});
    note(ATTACKS, {
      set: kind,
      'what happened': 'the primary and a worker are killed in a sale of 60 seats: each is sold once',
      'rules that the audit finds broken': 0,
    });
  });
});
