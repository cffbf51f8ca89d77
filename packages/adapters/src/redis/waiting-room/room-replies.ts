import type { Room, RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { InvariantViolation } from '@frontrow/domain/shared/invariant.ts';
import { type CheckedIn, WAITING, tokenOf } from '@frontrow/domain/waiting-room/place.ts';
import type { QueueToken, TokenFacts } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { WaitHistogram } from '@frontrow/domain/waiting-room/wait-estimate/wait-histogram.ts';
import {
  type Decoded,
  type ReplyCodec,
  flag,
  flags,
  named,
  number,
  numberOrNull,
  packed,
  single,
  text,
  texts,
} from './reply-codec.ts';

/** The state of the room, in the replies that have it (`reply_with_room`). */
const roomFields = {
  now: number,
  version: text,
  openedAt: numberOrNull,
  used: number,
  soldOut: flag,
  restoringUntil: numberOrNull,
  seatsReturned: numberOrNull,
};
const placeFields = { status: text, position: number, sessionExpiresAt: number };
const counts = { waiting: number, parked: number, active: number };

/** The place of one fan, in the replies that have many (`reply_with_places`). Each script fills the fields that it knows. */
export const placeReply = named({ created: flag, sequence: number, issuedAt: number, ...placeFields });
export type PlaceReply = Decoded<typeof placeReply>;

const withPlaces = named({ ...roomFields, places: packed(placeReply) });

/** The reply of each script in lua/. */
export const ROOM_REPLIES = {
  adopt: single(flag),
  'announce-opening': single(flag),
  admit: named({ admitted: number, waiting: number, active: number, isOver: flag }),
  'begin-count': named({ number, countedAt: number, soldBefore: number }),
  'check-in': withPlaces,
  configure: single(flag),
  due: single(texts),
  end: single(flags),
  expire: named({ parked: number, expired: number }),
  inspect: named({
    now: number,
    lastTickAt: numberOrNull,
    watermark: number,
    epoch: number,
    openedBy: text,
    isAlone: flag,
    history: text,
    seenAt: number,
    server: text,
    serverHistory: text,
    formerHistory: text,
    replicas: text,
    isOpening: flag,
    isFirstOpening: flag,
  }),
  join: withPlaces,
  open: single(text),
  'place-of': single(numberOrNull),
  remove: single(flag),
  restore: withPlaces,
  'set-inventory': single(flag),
  snapshot: named({
    ...roomFields,
    ...counts,
    epoch: number,
    watermark: number,
    counter: number,
    admittedTotal: number,
    logEnd: number,
    dates: text,
    soldBefore: number,
    soldTotal: number,
    reaches: flag,
    changes: texts,
  }),
  statistics: named({
    ...roomFields,
    ...counts,
    admittedTotal: number,
    completedTotal: number,
    lastTickAt: numberOrNull,
    epoch: number,
    waits: texts,
  }),
} satisfies Record<string, ReplyCodec<unknown>>;

export type RoomScript = keyof typeof ROOM_REPLIES;
export type RoomReply<Script extends RoomScript> = Decoded<(typeof ROOM_REPLIES)[Script]>;

type RoomReplyFields = { readonly [Name in keyof typeof roomFields]: ReturnType<(typeof roomFields)[Name]> };
type PlaceReplyFields = {
  readonly [Name in keyof typeof placeFields]: ReturnType<(typeof placeFields)[Name]>;
};

export function roomIn(reply: RoomReplyFields, config: RoomConfig): { room: Room; asOf: Instant } {
  const { now, openedAt, used, soldOut, restoringUntil, seatsReturned } = reply;
  return {
    asOf: now,
    room: {
      config,
      window: openedAt === null ? null : { openedAt, used },
      soldOut,
      restoringUntil,
      seatsReturned,
    },
  };
}

/** Null for a place that the room does not know. */
export function tokenIn(reply: PlaceReplyFields, facts: TokenFacts): QueueToken | null {
  const state = stateIn(reply);
  return state && tokenOf(facts, state, reply.position);
}

function stateIn({ status, sessionExpiresAt }: PlaceReplyFields): CheckedIn | null {
  switch (status) {
    case 'WAITING':
      return WAITING;
    case 'RETURNED':
      return { kind: 'RETURNED' };
    case 'ACTIVE':
      return { kind: 'ACTIVE', sessionExpiresAt };
    case 'COMPLETED':
    case 'LEFT':
    case 'EXPIRED':
      return { kind: 'ENDED', reason: status };
    case 'UNKNOWN':
      return null;
    default:
      throw new InvariantViolation(`a script of the waiting room answered the status ${status}`);
  }
}

/** Bucket, count, …, as HGETALL answers. */
export function histogramIn(waits: readonly string[]): WaitHistogram {
  const histogram = new Map<number, number>();
  for (let at = 0; at < waits.length; at += 2) histogram.set(Number(waits[at]), Number(waits[at + 1]));
  return histogram;
}
