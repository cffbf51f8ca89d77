import { randomBytes } from 'node:crypto';
import type { SeatStates } from '@frontrow/application/ports/booking/seats.ts';
import { changesEvent, hasSeatChanges, stateEvent } from './seat-event.ts';

/** The newest states of a date, and its recent changes, as events that are formatted once for all clients. */
export type SeatHistory = {
  /** Of the newest states. Grows by one with each addition. */
  position(): number;
  /** Adds the next states, where they differ or clients wait for them. Returns whether it did. */
  add(next: SeatStates, isAwaited: boolean): boolean;
  /**
   * The events that bring a client from this position to the newest states: nothing, the changes since, or the whole state
   * where that is shorter. Null for a client that has nothing.
   */
  since(position: number | null): string;
  /** The position that the client with this `Last-Event-ID` has; null where another history gave the id. */
  positionOf(lastEventId: string | undefined): number | null;
};

const HISTORY_ID_BYTES = 9;

export function createSeatHistory(first: SeatStates): SeatHistory {
  // Random, so that no other process and no later history of this one takes its ids for its own.
  const historyId = randomBytes(HISTORY_ID_BYTES).toString('base64url');
  let newest = first;
  let position = 0;
  let state = stateEvent(idAt(0), first);
  /** The last changes, the oldest first: as many as together are not longer than the state. */
  const changes: string[] = [];
  let changesLength = 0;

  function idAt(at: number): string {
    return `${historyId}.${at}`;
  }

  function keep(change: string): void {
    changes.push(change);
    changesLength += change.length;
    while (changesLength > state.length) changesLength -= changes.shift()?.length ?? 0;
  }

  return {
    position: () => position,
    add(next, isAwaited) {
      if (!isAwaited && !hasSeatChanges(newest, next)) return false;
      position += 1;
      state = stateEvent(idAt(position), next);
      keep(changesEvent(idAt(position), newest, next));
      newest = next;
      return true;
    },
    since(from) {
      const missed = from === null ? -1 : position - from;
      if (missed < 0 || missed > changes.length) return state;
      return changes.slice(changes.length - missed).join('');
    },
    positionOf(lastEventId = '') {
      const [id, at = ''] = lastEventId.split('.');
      return id === historyId && /^\d{1,15}$/.test(at) ? Number(at) : null;
    },
  };
}
