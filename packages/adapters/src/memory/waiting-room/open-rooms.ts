import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type MemoryRoom, createRoom } from './room.ts';

/** The rooms that are open in this process. */
export type OpenRooms = {
  /** Opens the room from its record. Null for an unknown concert. */
  open(concertId: ConcertId): Promise<MemoryRoom | null>;
  /** Null for a room that is not open. */
  find(concertId: ConcertId): Promise<MemoryRoom | null>;
  list(): Promise<readonly ConcertId[]>;
};

export function createOpenRooms(roomRecords: RoomRecords): OpenRooms {
  const rooms = new Map<ConcertId, Promise<MemoryRoom | null>>();

  async function load(concertId: ConcertId): Promise<MemoryRoom | null> {
    const record = await roomRecords.find(concertId);
    if (record === null) return null;
    const { epoch: from, config } = record;
    const isRaised = await roomRecords.raiseEpoch(concertId, { from, to: from + 1 });
    return isRaised ? createRoom(from + 1, config) : load(concertId);
  }

  async function open(concertId: ConcertId): Promise<MemoryRoom | null> {
    // Set before it resolves, so that two callers open one room, and `configure` finds a room that is opening.
    const opening = rooms.get(concertId) ?? load(concertId);
    rooms.set(concertId, opening);
    const room = await opening;
    if (room === null) rooms.delete(concertId);
    return room;
  }

  return {
    open,
    find: async (concertId) => (await rooms.get(concertId)) ?? null,
    async list() {
      const opened = await Promise.all([...rooms].map(async ([id, room]) => ((await room) ? [id] : [])));
      return opened.flat();
    },
  };
}
