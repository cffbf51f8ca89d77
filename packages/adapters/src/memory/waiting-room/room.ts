import type {
  AdmissionWindow,
  Room,
  RoomConfig,
  InventorySnapshot,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { ENDED_TOKEN_RETENTION_MS } from '@frontrow/domain/shared/limits.ts';
import { type EndReason, sequenceOf } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type Spot, WAITING, stayAt } from './stay.ts';
import { type WaitingLine, createWaitingLine } from './waiting-line.ts';

/** One concert's waiting room. Every function below changes it in one go: nothing is awaited. */
export type MemoryRoom = {
  readonly epoch: number;
  config: RoomConfig;
  counter: number;
  window: AdmissionWindow | null;
  readonly line: WaitingLine;
  /** Everyone who was admitted once and whose place has not ended. */
  readonly inside: Map<UserId, Spot>;
  /** By sequence, oldest first. */
  readonly ended: Map<number, { readonly reason: EndReason; readonly at: Instant }>;
  admittedTotal: number;
  completedTotal: number;
  lastTickAt: Instant | null;
  readonly waits: Map<number, number>;
  soldOut: boolean;
  stock: InventorySnapshot | null;
  /** The highest sequence admitted. */
  watermark: number;
};

type Inside = { readonly active: number; readonly parked: number; readonly returned: number };

export function createRoom(epoch: number, config: RoomConfig): MemoryRoom {
  return {
    epoch,
    config,
    counter: 0,
    window: null,
    line: createWaitingLine(),
    inside: new Map(),
    ended: new Map(),
    admittedTotal: 0,
    completedTotal: 0,
    lastTickAt: null,
    waits: new Map(),
    soldOut: false,
    stock: null,
    watermark: 0,
  };
}

/** The room as the domain knows it. A room in memory is never lost without its database, so nothing is restored. */
export function viewOf({ config, window, soldOut }: MemoryRoom): Room {
  return { config, window, soldOut, restoringUntil: null };
}

export function findSpot({ line, inside }: MemoryRoom, userId: UserId): Spot | undefined {
  return line.find(userId) ?? inside.get(userId);
}

/** Draws a sequence and puts the newcomer at the end of the line. */
export function enter(room: MemoryRoom, userId: UserId, now: Instant): Spot {
  room.counter += 1;
  const spot: Spot = { userId, sequence: sequenceOf(room.epoch, room.counter), issuedAt: now, stay: WAITING };
  room.line.append(spot);
  return spot;
}

/** By the clock: who is past a deadline counts as parked or gone, noticed or not. */
export function countInside({ inside }: MemoryRoom, now: Instant): Inside {
  let [active, parked, returned] = [0, 0, 0];
  for (const spot of inside.values()) {
    const kind = stayAt(spot.stay, now)?.kind;
    if (kind === 'OFFERED' || kind === 'ACTIVE') active += 1;
    if (kind === 'PARKED') parked += 1;
    if (kind === 'RETURNED') returned += 1;
  }
  return { active, parked, returned };
}

export function endSpot(room: MemoryRoom, spot: Spot, reason: EndReason, now: Instant): void {
  room.line.remove(spot);
  room.inside.delete(spot.userId);
  room.ended.set(spot.sequence, { reason, at: now });
  if (reason === 'COMPLETED') room.completedTotal += 1;
}

/** Writes down what time alone has done, at most `limit` times, and forgets ends that are long past. */
export function tidy(room: MemoryRoom, limit: number, now: Instant): { parked: number; expired: number } {
  let [parked, expired] = [0, 0];
  for (const spot of room.inside.values()) {
    if (parked + expired >= limit) break;
    const present = stayAt(spot.stay, now);
    if (present === spot.stay) continue;
    if (present === null) {
      endSpot(room, spot, 'EXPIRED', now);
      expired += 1;
    } else {
      spot.stay = present;
      parked += 1;
    }
  }
  for (const [sequence, { at }] of room.ended) {
    if (now < at + ENDED_TOKEN_RETENTION_MS) break;
    room.ended.delete(sequence);
  }
  return { parked, expired };
}
