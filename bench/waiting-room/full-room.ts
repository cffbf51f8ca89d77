import type { PlaceReply } from '@frontrow/adapters/redis/waiting-room/room-replies.ts';
import { loadRoomScripts } from '@frontrow/adapters/redis/waiting-room/room-scripts.ts';
import { epochOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Testbed } from '../harness/testbed.ts';
import { newUserIds } from '../data/fan-credentials.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const AT_ONCE = 1_000;

/** A waiting room and its waiting line, in order. */
export type FullRoom = { readonly concertId: string; readonly waiters: readonly Waiter[] };
export type Waiter = { readonly userId: string; readonly sequence: number; readonly issuedAt: number };

/** Lets `count` users join with the Lua script of the service, AT_ONCE at a time; the room stays PAUSED. */
export async function fillRoom(testbed: Testbed, concertId: string, count: number): Promise<FullRoom> {
  const { ports, redis, roomKeys } = testbed;
  // A paused room admits nobody, so every user waits.
  await testbed.application.changePolicy({
    by: BY_STAFF,
    concertId,
    admission: { state: 'PAUSED' },
    hold: {},
  });
  const [first = '', ...others] = newUserIds(count);
  const opener = await ports.waitingRoom.join(concertId, first);
  if (opener?.token.status !== 'WAITING') throw new Error('the first user does not wait');
  const { sequence, issuedAt } = opener.token;
  const waiters: Waiter[] = [{ userId: first, sequence, issuedAt }];

  const run = loadRoomScripts(redis);
  const key = roomKeys(concertId);
  const epoch = epochOf(sequence);
  for (let from = 0; from < others.length; from += AT_ONCE) {
    const users = others.slice(from, from + AT_ONCE);
    const { places } = await run('join', key, epoch, ...users);
    waiters.push(...places.map((place, index) => newWaiter(users[index]!, place)));
  }
  const { waiting } = await ports.waitingRoom.statistics(concertId);
  if (waiting !== count) throw new Error(`${waiting} wait instead of ${count}`);
  return { concertId, waiters };
}

function newWaiter(userId: string, { created, status, sequence, issuedAt }: PlaceReply): Waiter {
  if (!created || status !== 'WAITING') throw new Error(`${userId} got no WAITING place`);
  return { userId, sequence, issuedAt };
}
