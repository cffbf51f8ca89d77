import type { Ports } from '../../ports/ports.ts';
import { eachRoom } from '../../waiting-room/each-room.ts';

/** Lets the next in line of every room in; answers how many. */
export type AdmitWaiting = () => Promise<number>;

export function createAdmitWaiting({ waitingRoom }: Pick<Ports, 'waitingRoom'>): AdmitWaiting {
  return async () => {
    let admitted = 0;
    await eachRoom(waitingRoom, async (concertId) => {
      const tick = await waitingRoom.admit(concertId);
      admitted += tick.admitted;
    });
    return admitted;
  };
}
