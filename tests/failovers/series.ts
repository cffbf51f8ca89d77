import { closeRedis, openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '@frontrow/adapters/redis/waiting-room/waiting-room.ts';
import { openRoom } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import type { WaitingRoom } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.ts';
import type { MysqlTestPorts } from '../support/mysql-test-ports.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type TcpProxy, openTcpProxy } from '../support/tcp-proxy.ts';
import type { ReplicatedPair } from './replicated-pair.ts';
import { createRoomFans } from './room-fans.ts';

/** One process of the installation, which reaches one server at a time. */
type RoomProcess = { readonly proxy: TcpProxy; readonly waitingRoom: WaitingRoom; close(): Promise<void> };

/** What happened, and what the room lacked afterwards of all that had been acknowledged. */
export type SeriesStep = {
  readonly what: FailoverKind;
  readonly epochsRaised: number;
  readonly missing: readonly string[];
};
export type SeriesOutcome = {
  readonly steps: readonly SeriesStep[];
  /** Sequences that two fans have been given. */
  readonly drawnTwice: readonly number[];
};

const PROCESSES = 3;
/** Longer than all fans need to return. */
const GRACE_MS = 60_000;
const KINDS = ['handed over', 'two primaries', 'killed', 'old data', 'emptied', 'restarted'] as const;
export type FailoverKind = (typeof KINDS)[number];

/** So many failovers, at random; half of them are planned. */
export function randomKinds(seed: number, count: number): readonly FailoverKind[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    random() < 0.4 ? 'handed over' : KINDS[Math.floor(random() * KINDS.length)]!,
  );
}

/** Joins, leaves and admissions by several processes, at random, around these failovers. */
export async function runSeries(
  testPorts: MysqlTestPorts,
  pair: ReplicatedPair,
  { seed, kinds }: { readonly seed: number; readonly kinds: readonly FailoverKind[] },
): Promise<SeriesOutcome> {
  const random = seededRandom(seed);
  const chance = (share: number) => random() < share;
  const below = (limit: number) => Math.floor(random() * limit);
  const keys = createKeys(`test-${randomUUID()}`);

  async function openProcess(): Promise<RoomProcess> {
    const proxy = await openTcpProxy(pair.primary().server.url);
    const redis = await openRedis({ url: proxy.url, tlsCa: null, onError: () => {} });
    const waitingRoom = createRedisWaitingRoom({ ...testPorts.ports, redis, keys, snapshotFreshMs: 0 });
    return {
      proxy,
      waitingRoom,
      async close() {
        await closeRedis(redis);
        await proxy.close();
      },
    };
  }

  const processes = await Promise.all(Array.from({ length: PROCESSES }, openProcess));
  const [first] = processes as [RoomProcess];
  const policy = { recoveryGraceMs: GRACE_MS, intervalMs: 100, batchSize: 2, maxActive: 10 };
  const { concertId } = await openRoom({ ...testPorts.ports, waitingRoom: first.waitingRoom }, policy);
  const fans = createRoomFans(testPorts.ports, concertId);

  async function write({ waitingRoom }: RoomProcess): Promise<void> {
    for (let left = 1 + below(4); left > 0; left -= 1) await fans.join(waitingRoom);
    if (chance(0.5)) await waitingRoom.admit(concertId).catch(() => null);
  }
  async function leave({ waitingRoom }: RoomProcess): Promise<void> {
    const present = fans.present();
    const token = present[below(present.length)];
    if (token !== undefined && chance(0.3)) await fans.leave(waitingRoom, token);
  }
  const connectTo = (process: RoomProcess, port: number) => process.proxy.switchTo(port);
  const epoch = (process: RoomProcess) =>
    eventually(async () => (await process.waitingRoom.statistics(concertId)).epoch);
  const toPrimary = () => {
    for (const process of processes) connectTo(process, pair.primary().server.port);
  };

  async function disturb(kind: FailoverKind): Promise<void> {
    const before = pair.primary();
    switch (kind) {
      case 'handed over':
        // Some processes learn of it at once, and others only when the old primary refuses their writes.
        await pair.handOver();
        for (const process of processes) if (chance(0.5)) connectTo(process, pair.primary().server.port);
        await Promise.all(processes.map((process) => write(process)));
        toPrimary();
        break;
      case 'two primaries': {
        await pair.catchUp();
        await pair.promoteReplica();
        const moved = processes.filter(() => chance(0.4));
        for (const process of moved) connectTo(process, pair.primary().server.port);
        const late = processes.filter((process) => !moved.includes(process));
        if (chance(0.8)) await Promise.all(late.map((process) => write(process)));
        await Promise.all(moved.map((process) => write(process)));
        await pair.follow();
        toPrimary();
        break;
      }
      case 'killed': {
        await pair.catchUp();
        if (chance(0.5)) {
          // The replica does not get the last writes.
          await pair.promoteReplica();
          await write(processes[below(PROCESSES)]!);
        } else await pair.promoteReplica();
        await before.server.kill('SIGKILL');
        toPrimary();
        if (chance(0.5)) await Promise.all(processes.map((process) => write(process)));
        await before.server.restart();
        await eventually(() => before.client.ping());
        await pair.follow();
        break;
      }
      case 'old data':
        await eventually(() => before.client.save()); // Redis refuses it during a background save
        await write(first);
        await before.server.kill('SIGKILL');
        await before.server.restart();
        await eventually(() => before.client.ping());
        await pair.follow();
        break;
      case 'emptied':
        await before.client.flushall();
        break;
      case 'restarted':
        await before.server.kill('SIGKILL');
        await before.server.restart();
        await eventually(() => before.client.ping());
        await pair.follow();
        break;
    }
  }

  const done: SeriesStep[] = [];
  try {
    for (const kind of kinds) {
      await eventually(() =>
        Promise.all(processes.map(({ waitingRoom }) => waitingRoom.statistics(concertId))),
      );
      await Promise.all(processes.map((process) => write(process)));
      await leave(processes[below(PROCESSES)]!);
      const epochBefore = await epoch(first);
      await disturb(kind);
      const epochAfter = await epoch(first);
      await Promise.all(processes.map(epoch));
      const missing = epochAfter === epochBefore ? await fans.findMissing(first.waitingRoom) : [];
      if (epochAfter !== epochBefore) await fans.returnAll(first.waitingRoom);
      const lost = await fans.findMissing(first.waitingRoom);
      done.push({
        what: kind,
        epochsRaised: epochAfter - epochBefore,
        missing: [...missing, ...lost],
      });
    }
  } finally {
    await Promise.all(processes.map((process) => process.close()));
  }
  return { steps: done, drawnTwice: fans.drawnTwice };
}
