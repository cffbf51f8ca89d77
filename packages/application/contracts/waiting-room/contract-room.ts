import {
  type AdmissionPolicy,
  type RoomConfig,
  type RoomState,
  roomState,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { EndReason, Place, QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { newUser, addConcertWithDate } from '../shared/contract-builders.ts';
import { type OpenPorts, write } from '../shared/contract-support.ts';
import type { Inventory } from '../../src/ports/waiting-room/inventory.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type {
  AdmissionTick,
  ExpiryCounts,
  PlaceStatus,
  RoomStatistics,
  WaitingRoom,
} from '../../src/ports/waiting-room/waiting-room.ts';

export type RoomPortNames = 'waitingRoom' | 'roomRecords' | 'transact' | 'ids';
export type RoomPorts = Pick<Ports, RoomPortNames>;
export type OpenRoomPorts = OpenPorts<RoomPortNames>;

/** One concert's room, as the tests of the waiting room drive it. */
export type TestRoom = {
  readonly concertId: ConcertId;
  join(userId?: UserId): Promise<PlaceStatus & { readonly created: boolean }>;
  /** Newcomers, one after the other. */
  joinMany(count: number): Promise<readonly QueueToken[]>;
  look(token: QueueToken): Promise<PlaceStatus>;
  /** What the fans see, in their order: `ACTIVE`, `parked`, a position, or the reason of an end. */
  see(tokens: readonly QueueToken[]): Promise<readonly (string | number | null)[]>;
  find(userId: UserId): Promise<Place | null>;
  end(token: QueueToken, reason: EndReason): Promise<void>;
  admit(): Promise<AdmissionTick>;
  expire(limit?: number): Promise<ExpiryCounts>;
  counts(): Promise<RoomStatistics>;
  state(): Promise<RoomState>;
  /** A hundred seats can be had and nobody has a hold, unless told otherwise. */
  tell(inventory: Partial<Inventory>): Promise<void>;
  watermark(): Promise<number>;
  /** Changes the policy in the database and carries it to the room. */
  change(admission: Partial<AdmissionPolicy>): Promise<void>;
  /** Ends the sales of every date, in the room alone. */
  close(): Promise<void>;
};

/** Nothing lapses in a test by itself, unless the test asks for it. */
const PATIENT: Partial<AdmissionPolicy> = {
  batchSize: 1_000,
  intervalMs: 60_000,
  sessionTtlMs: 60_000,
  claimTtlMs: 60_000,
  parkRetentionMs: 60_000,
};

export async function openRoom(
  ports: RoomPorts,
  admission: Partial<AdmissionPolicy> = {},
  event: Partial<ConcertEvent> = {},
): Promise<TestRoom> {
  const { concert } = await addConcertWithDate(ports, { admission: { ...PATIENT, ...admission }, event });
  return driveRoom(ports, concert.id);
}

/** A room where fans already wait, in order, and nobody has been admitted yet: it was paused until now. */
export async function openRoomWithLine(
  ports: RoomPorts,
  length: number,
  admission: Partial<AdmissionPolicy> = {},
): Promise<{ readonly room: TestRoom; readonly line: readonly QueueToken[] }> {
  const room = await openRoom(ports, { ...admission, state: 'PAUSED' });
  const line = await room.joinMany(length);
  await room.change({ state: 'RUNNING' });
  return { room, line };
}

function driveRoom(ports: RoomPorts, concertId: ConcertId): TestRoom {
  const { waitingRoom } = ports;

  async function join(userId = newUser(ports)) {
    const standing = await waitingRoom.join(concertId, userId);
    invariant(standing !== null, 'the concert is known');
    return standing;
  }
  const look = (token: QueueToken) => waitingRoom.checkIn(ticketOf(token));
  const counts = () => waitingRoom.statistics(concertId);

  return {
    concertId,
    join,
    look,
    counts,
    async joinMany(count) {
      const tokens: QueueToken[] = [];
      while (tokens.length < count) tokens.push((await join()).token);
      return tokens;
    },
    async see(tokens) {
      const seen: (string | number | null)[] = [];
      for (const each of tokens) {
        const { token } = await look(each);
        if (token.status !== 'WAITING') seen.push(token.status);
        else if (!token.parked) seen.push(token.position);
        else seen.push(token.position === 0 ? 'parked' : `parked at ${token.position}`);
      }
      return seen;
    },
    find: (userId) => waitingRoom.placeOf(concertId, userId),
    end: ({ userId, sequence }, reason) => waitingRoom.end({ concertId, userId, sequence }, reason),
    admit: () => waitingRoom.admit(concertId),
    expire: (limit = 1_000) => waitingRoom.expire(concertId, limit),
    async state() {
      const { room, asOf } = await counts();
      return roomState(room, asOf);
    },
    tell: (inventory) =>
      waitingRoom.setInventory(concertId, { sellable: 100, isSoldOut: false, holders: [], ...inventory }),
    watermark: () => waitingRoom.watermark(concertId),
    async change(admission) {
      await changePolicy(ports, concertId, admission);
    },
    async close() {
      const { config } = (await counts()).room;
      const windows = config.windows.map((window) => ({
        ...window,
        reservationEndAt: window.reservationStartAt + 1,
      }));
      await waitingRoom.configure(concertId, { ...config, version: config.version + 1, windows });
    },
  };
}

/** Changes the policy in the database and then in the room. */
export async function changePolicy(
  ports: RoomPorts,
  concertId: ConcertId,
  admission: Partial<AdmissionPolicy>,
): Promise<RoomConfig> {
  await write(ports, async ({ concerts }) => {
    const policy = await concerts.lockPolicy(concertId);
    invariant(policy !== null, 'the concert is known');
    await concerts.savePolicy(concertId, { ...policy, admission: { ...policy.admission, ...admission } });
  });
  const record = await ports.roomRecords.find(concertId);
  invariant(record !== null, 'the concert is known');
  await ports.waitingRoom.configure(concertId, record.config);
  return record.config;
}

/** The status that a read answers, or that of a check-in where the read has no answer. */
export async function statusBy(
  waitingRoom: WaitingRoom,
  read: 'statusFromSnapshot' | 'freshStatus',
  ticket: Ticket,
): Promise<PlaceStatus> {
  return (await waitingRoom[read](ticket)) ?? waitingRoom.checkIn(ticket);
}

/** The status as a poll answers it. */
export function poll(waitingRoom: WaitingRoom, token: QueueToken): Promise<PlaceStatus> {
  return statusBy(waitingRoom, 'statusFromSnapshot', ticketOf(token));
}

/** What the fan who was told of this token carries. */
export function ticketOf(token: QueueToken): Ticket {
  const { concertId, userId, sequence, issuedAt } = token;
  const sessionExpiresAt = token.status === 'ACTIVE' ? token.sessionExpiresAt : null;
  return { concertId, userId, sequence, issuedAt, sessionExpiresAt };
}
