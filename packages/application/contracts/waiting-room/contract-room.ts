import {
  type AdmissionPolicy,
  type RoomConfig,
  type RoomState,
  roomState,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { EndReason, Place, QueueToken, Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { CountedDate } from '@frontrow/domain/waiting-room/inventory.ts';
import { HOUR_MS, changeSales, newUser, addConcertWithDate } from '../shared/contract-builders.ts';
import { type OpenPorts, write } from '../shared/contract-support.ts';
import type { Inventory } from '../../src/ports/waiting-room/inventory.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type {
  AdmissionTick,
  CountStart,
  ExpiryCounts,
  PlaceStatus,
  RoomStatistics,
  WaitingRoom,
} from '../../src/ports/waiting-room/waiting-room.ts';

export type RoomPortNames = 'waitingRoom' | 'roomRecords' | 'queueEndReads' | 'transact' | 'ids';
export type RoomPorts = Pick<Ports, RoomPortNames>;
export type OpenRoomPorts = OpenPorts<RoomPortNames>;

/** One concert's room, for the tests of the waiting room. */
export type TestRoom = {
  readonly concertId: ConcertId;
  join(userId?: UserId): Promise<PlaceStatus & { readonly created: boolean }>;
  /** New users join one after the other. */
  joinMany(count: number): Promise<readonly QueueToken[]>;
  checkIn(token: QueueToken): Promise<PlaceStatus>;
  /** Checks in each fan, in this order. Returns `ACTIVE`, `parked`, the position, or the reason of the end of each. */
  checkInAll(tokens: readonly QueueToken[]): Promise<readonly (string | number | null)[]>;
  placeOf(userId: UserId): Promise<Place | null>;
  end(token: QueueToken, reason: EndReason, soldSeats?: number): Promise<void>;
  admit(): Promise<AdmissionTick>;
  expire(limit?: number): Promise<ExpiryCounts>;
  statistics(): Promise<RoomStatistics>;
  state(): Promise<RoomState>;
  beginCount(): Promise<CountStart>;
  /** 100 unsold and sellable seats and no holder, unless `inventory` says otherwise; from a new count without `start`. */
  setInventory(inventory: Partial<Inventory>, start?: CountStart): Promise<void>;
  watermark(): Promise<number>;
  /** Changes the policy in the database and in the room. */
  changePolicy(admission: Partial<AdmissionPolicy>): Promise<void>;
  /** Changes the sales of the concert in the database and in the room. */
  changeSales(sales: Sales): Promise<void>;
  /** Ends the sales of every date, in the room alone. */
  close(): Promise<void>;
};

/** No deadline passes during a test. */
const LONG_POLICY: Partial<AdmissionPolicy> = {
  batchSize: 1_000,
  intervalMs: 600_000,
  sessionTtlMs: 600_000,
  claimTtlMs: 600_000,
  parkRetentionMs: 600_000,
};

export async function openRoom(
  ports: RoomPorts,
  admission: Partial<AdmissionPolicy> = {},
  event: Partial<ConcertEvent> = {},
): Promise<TestRoom> {
  const { concert } = await addConcertWithDate(ports, { admission: { ...LONG_POLICY, ...admission }, event });
  return testRoomOf(ports, concert.id);
}

/** A bookable date with so many unsold seats, at a count. */
export function dateWith(unsold: number, reservationEndAt = Date.now() + HOUR_MS): CountedDate {
  return { unsold, reservationEndAt };
}

export const SOLD_OUT: Pick<Inventory, 'sellable' | 'dates'> = { sellable: 0, dates: [dateWith(0)] };

/** A room with a waiting line and no admission yet: it was PAUSED until now. */
export async function openRoomWithLine(
  ports: RoomPorts,
  length: number,
  admission: Partial<AdmissionPolicy> = {},
): Promise<{ readonly room: TestRoom; readonly line: readonly QueueToken[] }> {
  const room = await openRoom(ports, { ...admission, state: 'PAUSED' });
  const line = await room.joinMany(length);
  await room.changePolicy({ state: 'RUNNING' });
  return { room, line };
}

function testRoomOf(ports: RoomPorts, concertId: ConcertId): TestRoom {
  const { waitingRoom } = ports;

  async function join(userId = newUser(ports)) {
    const joined = await waitingRoom.join(concertId, userId);
    invariant(joined !== null, 'the concert is known');
    return joined;
  }
  const checkIn = (token: QueueToken) => waitingRoom.checkIn(ticketOf(token));
  const statistics = () => waitingRoom.statistics(concertId);
  async function beginCount() {
    const start = await waitingRoom.beginCount(concertId);
    invariant(start !== null, 'the concert is known');
    return start;
  }

  return {
    concertId,
    join,
    checkIn,
    statistics,
    async joinMany(count) {
      const tokens: QueueToken[] = [];
      while (tokens.length < count) tokens.push((await join()).token);
      return tokens;
    },
    async checkInAll(tokens) {
      const statuses: (string | number | null)[] = [];
      for (const each of tokens) {
        const { token } = await checkIn(each);
        if (token.status !== 'WAITING') statuses.push(token.status);
        else if (!token.parked) statuses.push(token.position);
        else statuses.push(token.position === 0 ? 'parked' : `parked at ${token.position}`);
      }
      return statuses;
    },
    placeOf: (userId) => waitingRoom.placeOf(concertId, userId),
    end: ({ userId, sequence }, reason, soldSeats) =>
      waitingRoom.end({ concertId, userId, sequence }, reason, soldSeats),
    admit: () => waitingRoom.admit(concertId),
    expire: (limit = 1_000) => waitingRoom.expire(concertId, limit),
    async state() {
      const { room, asOf } = await statistics();
      return roomState(room, asOf);
    },
    beginCount,
    async setInventory(inventory, start) {
      const whole = { sellable: 100, dates: [dateWith(100)], holders: [], seatsReturned: 0, ...inventory };
      await waitingRoom.setInventory(concertId, start ?? (await beginCount()), whole);
    },
    watermark: () => waitingRoom.watermark(concertId),
    async changePolicy(admission) {
      await changePolicy(ports, concertId, admission);
    },
    async changeSales(sales) {
      await changeSales(ports, concertId, sales);
      await configure(ports, concertId);
    },
    async close() {
      const { config } = (await statistics()).room;
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
  return configure(ports, concertId);
}

async function configure(ports: RoomPorts, concertId: ConcertId): Promise<RoomConfig> {
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

/** The ticket of a fan with this token. */
export function ticketOf(token: QueueToken): Ticket {
  const { concertId, userId, sequence, issuedAt } = token;
  const sessionExpiresAt = token.status === 'ACTIVE' ? token.sessionExpiresAt : null;
  return { concertId, userId, sequence, issuedAt, sessionExpiresAt };
}
