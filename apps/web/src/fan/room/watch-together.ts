import {
  answerOf,
  getQueueStatus,
  type Connection,
  type PlaceEnd,
  type QueueStatus,
  type RoomStatus,
  type TicketStore,
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

type WatchTogetherOptions = {
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
  const [stopped, first] = [new AbortController(), new AbortController()];
  const store = tickets.value;
  const options = { client, clock, concertId, signal: stopped.signal };
  const takeStatus = (status: QueueStatus) => {
    first.abort();
    send({ kind: 'status', status });
  };
  const place = watchPlace({
    ...options,
    tickets: store,
    onStatus: takeStatus,
    onConnection: (connection) => send({ kind: 'connection', connection }),
  });
  const room = watchRoom({ ...options, onRoom: (status) => send({ kind: 'room', room: status }) });
  pollSlowPlace({ concertId, store, signal: AbortSignal.any([first.signal, stopped.signal]), takeStatus });
  void (async () => {
    const end = await place.ended;
    stopped.abort();
    if (end.kind === 'ABORTED') return;
    store.forget(concertId);
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

const SLOW_MS = 2_000;

type SlowPlace = {
  readonly concertId: string;
  readonly store: TicketStore;
  /** Aborted by the first status. */
  readonly signal: AbortSignal;
  readonly takeStatus: (status: QueueStatus) => void;
};

/** Some proxies hold streams back, which takes a while to notice: the fan sees the place by a poll until then. */
function pollSlowPlace({ concertId, store, signal, takeStatus }: SlowPlace): void {
  async function poll(): Promise<void> {
    const headers = { 'Queue-Token': store.read(concertId) ?? '' };
    const answer = await answerOf(getQueueStatus({ client, headers, signal }));
    if (!answer.ok) return;
    store.keep(answer.data);
    takeStatus(answer.data);
  }
  const timer = setTimeout(() => void poll(), SLOW_MS);
  signal.addEventListener('abort', () => clearTimeout(timer));
}
