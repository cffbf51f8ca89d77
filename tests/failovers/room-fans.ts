import { ticketOf } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { WaitingRoom } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';

/** What the processes of a room have acknowledged to its fans. */
export type RoomFans = {
  /** Joins a new fan by this process. Null where the process did not acknowledge the join. */
  join(process: WaitingRoom): Promise<QueueToken | null>;
  /** Ends a place, in the database first. */
  leave(process: WaitingRoom, token: QueueToken): Promise<void>;
  /** The fans who have a place, by sequence. */
  present(): readonly QueueToken[];
  /** What the room lacks of what has been acknowledged, without asking it to restore anything. */
  findMissing(process: WaitingRoom): Promise<readonly string[]>;
  /** Every fan polls once: places that the room has lost come back. */
  returnAll(process: WaitingRoom): Promise<void>;
  /** Sequences that two fans have been given. */
  readonly drawnTwice: readonly number[];
};

export function createRoomFans(ports: Pick<Ports, 'transact' | 'ids'>, concertId: ConcertId): RoomFans {
  const places = new Map<string, QueueToken>();
  const left = new Set<string>();
  const sequences = new Set<number>();
  const drawnTwice: number[] = [];
  const present = () => [...places.values()].toSorted((a, b) => a.sequence - b.sequence);

  return {
    drawnTwice,
    present,
    async join(process) {
      const joined = await process.join(concertId, `fan-${ports.ids.next()}`).catch(() => null);
      if (joined === null) return null;
      const { token } = joined;
      if (sequences.has(token.sequence)) drawnTwice.push(token.sequence);
      sequences.add(token.sequence);
      places.set(token.userId, token);
      return token;
    },
    async leave(process, { userId, sequence }) {
      places.delete(userId);
      left.add(userId);
      await ports.transact(async ({ queueEnds }) => {
        await queueEnds.add({ concertId, userId, sequence, reason: 'LEFT' });
        return { ok: true, value: null };
      }, 'STAFF');
      await process.end({ concertId, userId, sequence }, 'LEFT');
    },
    async findMissing(process) {
      const missing: string[] = [];
      for (const { userId, sequence } of present()) {
        const place = await process.placeOf(concertId, userId);
        if (place?.sequence !== sequence) missing.push(`${userId}: ${sequence}, has ${place?.sequence}`);
      }
      for (const userId of left)
        if ((await process.placeOf(concertId, userId)) !== null) missing.push(`${userId}: has not left`);
      return missing;
    },
    async returnAll(process) {
      for (const token of present()) places.set(token.userId, (await process.checkIn(ticketOf(token))).token);
    },
  };
}
