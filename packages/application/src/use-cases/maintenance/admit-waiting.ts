import type { Ports } from '../../ports/ports.ts';
import { forEachRoom } from '../../waiting-room/for-each-room.ts';

/** Admits what the present window of every room allows. Returns how many places. */
export type AdmitWaiting = () => Promise<number>;

export function createAdmitWaiting({ waitingRoom }: Pick<Ports, 'waitingRoom'>): AdmitWaiting {
  return async () => {
    let admitted = 0;
    await forEachRoom(waitingRoom, async (concertId) => {
      const tick = await waitingRoom.admit(concertId);
      admitted += tick.admitted;
    });
    return admitted;
  };
}
