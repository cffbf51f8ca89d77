import type { QueueStatus, RoomStatus } from '@frontrow/client';
import type { PlaceUpdate } from './watch-together.ts';

/** What the page knows of the fan's place. */
export type Place = {
  /** The newest; null before the first. */
  readonly status: QueueStatus | null;
  readonly room: RoomStatus | null;
  readonly end: Extract<PlaceUpdate, { readonly kind: 'end' }>['end'] | null;
  /** The lowest so far, so that nothing jumps back; null while it was never known. */
  readonly position: number | null;
  /** The first that this page has shown; null like `position`. */
  readonly firstPosition: number | null;
  /** What came before the present status: whether the fan has waited here, had the turn, or was parked. */
  readonly before: Before | null;
};

export type Before = 'WAITING' | 'PARKED' | 'ACTIVE';

export const NO_PLACE: Place = {
  status: null,
  room: null,
  end: null,
  position: null,
  firstPosition: null,
  before: null,
};

export function afterUpdate(place: Place, update: PlaceUpdate): Place {
  switch (update.kind) {
    case 'status':
      return afterStatus(place, update.status);
    case 'room':
      return { ...place, room: update.room };
    case 'end':
      return { ...place, end: update.end };
    case 'connection':
    default:
      return place;
  }
}

function afterStatus(place: Place, status: QueueStatus): Place {
  const isSamePlace = place.status?.sequence === status.sequence;
  const known = isSamePlace ? place : { ...NO_PLACE, room: place.room };
  const line = status.status === 'WAITING' && !status.parked ? status.position : null;
  const position = line === null ? known.position : Math.min(line, known.position ?? line);
  const isChange = isSamePlace && phaseOf(place.status) !== phaseOf(status);
  return {
    ...known,
    status,
    end: null,
    position,
    firstPosition: known.firstPosition ?? position,
    before: isChange ? phaseOf(place.status) : known.before,
  };
}

function phaseOf(status: QueueStatus | null): Before | null {
  if (status?.status === 'ACTIVE') return 'ACTIVE';
  if (status?.status !== 'WAITING') return null;
  return status.parked ? 'PARKED' : 'WAITING';
}
