import type { Ports } from '../../ports/ports.ts';
import { forEachRoom } from '../../waiting-room/for-each-room.ts';

/** Writes what time alone has done to places, in every room. Returns how many have been parked or have ended. */
export type ExpireSessions = () => Promise<number>;

const EXPIRE_BATCH = 1_000;

export function createExpireSessions({ waitingRoom }: Pick<Ports, 'waitingRoom'>): ExpireSessions {
  return async () => {
    let total = 0;
    await forEachRoom(waitingRoom, async (concertId) => {
      for (let done = EXPIRE_BATCH; done >= EXPIRE_BATCH; total += done) {
        const { parked, expired } = await waitingRoom.expire(concertId, EXPIRE_BATCH);
        done = parked + expired;
      }
    });
    return total;
  };
}
