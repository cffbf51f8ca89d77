import type { Ports } from '../../ports/ports.ts';
import { forEachRoom } from '../../waiting-room/for-each-room.ts';

/**
 * Puts open rooms back on the list of rooms. Redis may lose the list without the rooms, and the other jobs visit only the
 * rooms on it. The database knows which rooms have been opened.
 */
export type ListOpenRooms = () => Promise<void>;

export function createListOpenRooms({
  waitingRoom,
  roomRecords,
}: Pick<Ports, 'waitingRoom' | 'roomRecords'>): ListOpenRooms {
  return async () => {
    const opened = await roomRecords.listOpened();
    const listed = new Set(await waitingRoom.list());
    const missing = opened.filter((concertId) => !listed.has(concertId));
    await forEachRoom({ list: async () => missing }, async (concertId) => {
      await waitingRoom.enlist(concertId);
    });
  };
}
