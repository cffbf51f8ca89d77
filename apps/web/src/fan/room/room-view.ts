import { waitInRoom } from '@frontrow/client';
import { type SaleState, bestSaleState } from '../sale/sale-state.ts';
import type { Place } from './place.ts';

/**
 * What the waiting room shows. A place begins with LOADING and ends with ENDED; between them, `line` states are those of a place
 * that waits, PARKED that of one that was called and did not answer, and TURN that of one that may choose seats. NO_PLACE: this
 * device has no ticket, or one that the server refuses.
 */
export type RoomView =
  | { readonly kind: 'LOADING' }
  | { readonly kind: 'NO_PLACE' }
  | { readonly kind: 'PARKED' }
  | { readonly kind: 'TURN'; readonly endsAt: string | null }
  | { readonly kind: 'ENDED'; readonly why: EndReason }
  | { readonly kind: 'LINE'; readonly state: LineState; readonly line: Line };

export type EndReason = 'PAID' | 'LEFT' | 'SESSION_OVER' | 'DID_NOT_RETURN' | 'EXPIRED';

export type LineState =
  | { readonly kind: 'OPEN' | 'RESTORING' | 'CLOSED' }
  | { readonly kind: 'NOT_OPEN'; readonly opensAt: string | null }
  | { readonly kind: 'PAUSED' | 'STOPPED'; readonly reason: string | null }
  | { readonly kind: 'SOLD_OUT'; readonly seatsReturned: number | null };

export type Line = {
  /** 1 for the next; null while it is not known, as in a room that is restored. */
  readonly position: number | null;
  /** From 0 to 1, of the way since this page was opened. */
  readonly progress: number;
  /** Null while nobody is admitted. */
  readonly wait: { readonly medianSeconds: number; readonly p90Seconds: number } | null;
  /** When the server knew this. */
  readonly asOf: string;
};

/** @param sales of the dates of the concert; null while they are not known */
export function roomViewOf(place: Place, sales: readonly SaleState[] | null): RoomView {
  const { status, end } = place;
  if (end?.kind === 'REFUSED') return { kind: 'NO_PLACE' };
  if (status === null) return { kind: 'LOADING' };
  if (status.status === 'ACTIVE') return { kind: 'TURN', endsAt: status.sessionExpiresAt };
  if (status.status !== 'WAITING') return { kind: 'ENDED', why: endReasonOf(place) };
  if (status.parked) return { kind: 'PARKED' };
  return { kind: 'LINE', state: lineStateOf(place, sales), line: lineOf(place) };
}

function endReasonOf({ status, before }: Place): EndReason {
  if (status?.status === 'COMPLETED') return 'PAID';
  if (status?.status === 'LEFT') return 'LEFT';
  if (before === 'ACTIVE') return 'SESSION_OVER';
  return before === 'PARKED' ? 'DID_NOT_RETURN' : 'EXPIRED';
}

function lineStateOf({ status, room }: Place, sales: readonly SaleState[] | null): LineState {
  const state = status?.room ?? 'OPEN';
  const best = sales === null ? null : bestSaleState(sales);
  if (state === 'CLOSED') return { kind: 'CLOSED' };
  if (status?.position === null) return { kind: 'RESTORING' };
  if (best?.kind === 'STOPPED') return { kind: 'STOPPED', reason: best.reason };
  if (state === 'PAUSED') return { kind: 'PAUSED', reason: status?.reason ?? null };
  if (state === 'NOT_OPEN')
    return { kind: 'NOT_OPEN', opensAt: best?.kind === 'NOT_YET' ? best.opensAt : null };
  if (state === 'SOLD_OUT')
    return { kind: 'SOLD_OUT', seatsReturned: room?.seatsReturned ?? status?.seatsReturned ?? null };
  return { kind: 'OPEN' };
}

function lineOf({ status, room, position, firstPosition }: Place): Line {
  const estimated = status?.estimatedWaitSeconds ?? null;
  const group = room === null || position === null ? null : waitInRoom(room, position);
  const alone = estimated === null ? null : { medianSeconds: estimated, p90Seconds: estimated };
  return {
    position,
    progress: position === null || firstPosition === null ? 0 : 1 - position / firstPosition,
    wait: estimated === null ? null : (group ?? alone),
    asOf: status?.asOf ?? '',
  };
}
