import {
  type Connection,
  type PlaceEnd,
  type QueueStatus,
  type RoomStatus,
  watchPlace,
  watchRoom,
} from '@frontrow/client';
import { client, clock, tickets } from '../../shared/api.ts';
import { type InOneTab, type Running, runInOneTab } from './in-one-tab.ts';

/** What the tab that watches the place tells all tabs. */
export type PlaceUpdate =
  | { readonly kind: 'status'; readonly status: QueueStatus }
  | { readonly kind: 'room'; readonly room: RoomStatus }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'end'; readonly end: Exclude<PlaceEnd, { readonly kind: 'ABORTED' }> };

export type WatchTogetherOptions = {
  readonly userId: string;
  readonly concertId: string;
  readonly onUpdate: (update: PlaceUpdate) => void;
};

/** Watches a place and its room in one tab of the browser, for all of them: a fan who waits has one stream. */
export function watchTogether({ userId, concertId, onUpdate }: WatchTogetherOptions): InOneTab {
  return runInOneTab<PlaceUpdate>({
    name: `frontrow.place.${userId}.${concertId}`,
    locks: navigator.locks,
    openChannel: globalThis.BroadcastChannel && ((name) => new BroadcastChannel(name)),
    start: (send) => startWatching(concertId, send),
    onUpdate,
  });
}

function startWatching(concertId: string, send: (update: PlaceUpdate, isLast?: boolean) => void): Running {
  const stopped = new AbortController();
  const options = { client, clock, concertId, signal: stopped.signal };
  const place = watchPlace({
    ...options,
    tickets: tickets.value,
    onStatus: (status) => send({ kind: 'status', status }),
    onConnection: (connection) => send({ kind: 'connection', connection }),
  });
  const room = watchRoom({ ...options, onRoom: (status) => send({ kind: 'room', room: status }) });
  void (async () => {
    const end = await place.ended;
    stopped.abort();
    if (end.kind === 'ABORTED') return;
    tickets.value.forget(concertId);
    send({ kind: 'end', end }, true);
  })();
  return {
    refresh: () => {
      place.refresh();
      room.refresh();
    },
    stop: () => stopped.abort(),
  };
}
