import { loadRoomScripts } from '@frontrow/adapters/redis/waiting-room/room-scripts.ts';
import { epochOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Row } from '../harness/result-table.ts';
import { median } from '../harness/statistics.ts';
import type { Testbed } from '../harness/testbed.ts';
import { newUserIds } from '../data/fan-credentials.ts';
import type { FullRoom } from './full-room.ts';

type RedisOfRooms = Pick<Testbed, 'redis' | 'roomKeys'>;
type Way = {
  readonly path: string;
  /** How many users join before the next ones do. */
  readonly atOnce: number;
  readonly goalMicros: number | null;
  /** Returns the sequences, in the order of the users. */
  readonly join: (users: readonly string[]) => Promise<readonly number[]>;
};

const JOINS = 6_400;
const ROUNDS = { warmUp: 1, measured: 7 };
/** 100,000 joins a second, when Redis does nothing else. */
const GOAL_MICROS = 10;

/**
 * Measures the CPU time of Redis' main thread per join of a new user, in scripts for several users and in the former way,
 * a pipeline of scripts for one user each. The room has to be PAUSED, and the last of `waiters` the last in its line.
 */
export async function measureJoinCosts(testbed: RedisOfRooms, room: FullRoom): Promise<readonly Row[]> {
  const ways = waysToJoin(testbed, room);
  const costs = ways.map((): number[] => []);
  let last = room.waiters.at(-1)!.sequence;
  for (let round = -ROUNDS.warmUp; round < ROUNDS.measured; round += 1)
    for (const [index, way] of ways.entries()) {
      const before = await cpuMicros(testbed);
      last = await joinInOrder(way, last);
      if (round >= 0) costs[index]!.push(((await cpuMicros(testbed)) - before) / JOINS);
    }
  return ways.map(({ path, goalMicros }, index) => {
    const micros = median(costs[index]!);
    const range = `${Math.min(...costs[index]!).toFixed(1)} to ${Math.max(...costs[index]!).toFixed(1)}`;
    return {
      path,
      figure: `${micros.toFixed(1)} µs of Redis CPU (${range}), ${Math.round(1e6 / micros)} per second`,
      goal: goalMicros === null ? '' : `≤ ${goalMicros} µs`,
      isMet: goalMicros === null ? null : micros <= goalMicros,
    };
  });
}

function waysToJoin({ redis, roomKeys }: RedisOfRooms, { concertId, waiters }: FullRoom): readonly Way[] {
  const run = loadRoomScripts(redis);
  const epoch = epochOf(waiters[0]!.sequence);
  const join = async (users: readonly string[]) => {
    const { places } = await run('join', roomKeys(concertId), epoch, ...users);
    return places.map(({ sequence }) => sequence);
  };
  const together = (atOnce: number, goalMicros: number | null): Way => ({
    path: `join in Redis, ${atOnce} in a script`,
    atOnce,
    goalMicros,
    join,
  });
  return [
    together(1, null),
    together(8, null),
    together(32, GOAL_MICROS),
    together(64, GOAL_MICROS),
    {
      path: 'join in Redis, pipeline of 64 scripts',
      atOnce: 64,
      goalMicros: null,
      join: async (users) => (await Promise.all(users.map((user) => join([user])))).flat(),
    },
  ];
}

/** Lets JOINS new users join behind the sequence `last`. Returns the last sequence. */
async function joinInOrder({ path, atOnce, join }: Way, last: number): Promise<number> {
  const users = newUserIds(JOINS);
  let expected = last;
  for (let from = 0; from < JOINS; from += atOnce)
    for (const sequence of await join(users.slice(from, from + atOnce))) {
      expected += 1;
      if (sequence !== expected) throw new Error(`${path}: sequence ${sequence} instead of ${expected}`);
    }
  return expected;
}

async function cpuMicros({ redis }: RedisOfRooms): Promise<number> {
  const info = await redis.info('cpu');
  const seconds = (kind: string) =>
    Number(new RegExp(`^used_cpu_${kind}_main_thread:([\\d.]+)`, 'm').exec(info)?.[1]);
  return (seconds('user') + seconds('sys')) * 1e6;
}
