import type { RoomStatus } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import { roomStatusOf } from '@frontrow/application/waiting-room/room-status.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { unsoldNow } from '@frontrow/domain/waiting-room/inventory.ts';
import { type MemoryRoom, roomOf } from './room.ts';
import type { RoomWaits } from './room-waits.ts';

/** As long as a snapshot of a room in Redis, so that many requests share one answer. */
const SHARED_MS = 250;

export function createRoomStatuses(waits: RoomWaits) {
  const statuses = new WeakMap<MemoryRoom, RoomStatus>();

  return (concertId: ConcertId, room: MemoryRoom, now: Instant): RoomStatus => {
    const known = statuses.get(room);
    if (known !== undefined && known.asOf <= now && now < known.asOf + SHARED_MS) return known;
    const status = roomStatusOf({
      concertId,
      room: roomOf(room, now),
      asOf: now,
      epoch: room.epoch,
      unsoldSeats: unsoldNow(room.inventory, room.soldTotal, now),
      line: room.line.sorted(),
      wait: waits.tracker(room, now),
    });
    statuses.set(room, status);
    return status;
  };
}
