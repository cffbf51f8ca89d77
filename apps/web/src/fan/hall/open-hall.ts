import { type EventDetails, type SeatFacts, answerOf, getLayout, watchSeats } from '@frontrow/client';
import { type ReadonlySignal, effect, signal } from '@preact/signals';
import { client, clock, tickets } from '../../shared/api.ts';
import { followConnection } from '../../shared/connection/connection.ts';
import { read } from '../../shared/connection/send.ts';
import { session } from '../../shared/identity/session.ts';
import { type FanSession, readSession } from './enter-hall.ts';
import { type HallModel, createHallModel } from './hall-model.ts';
import { findLiveHold, sendHold } from './hold/send-hold.ts';
import { choiceStorageOf } from './seats/choice-storage.ts';
import { createHall } from './seats/hall-seats.ts';

/**
 * loading → missing, if the date is gone.
 * loading → open → over, when the session ends or the sale does.
 */
type HallPhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'open'; readonly model: HallModel }
  | { readonly kind: 'over'; readonly model: HallModel; readonly code: OverCode };

export type OverCode = 'SESSION_OVER' | 'EVENT_NOT_BOOKABLE' | 'OTHER';

export type OpenHall = {
  readonly phase: ReadonlySignal<HallPhase>;
  /** When the session of the fan ends; null while unknown. */
  readonly sessionExpiresAt: ReadonlySignal<string | null>;
  /** Reads the seats and the session at once, for a page that is shown again. */
  refresh(): void;
  close(): void;
};

/** Opens the hall of a date for an admitted fan, and keeps it current until it is closed. */
export function openHall(event: EventDetails, fanSession: FanSession): OpenHall {
  const eventId = event.id;
  const closing = new AbortController();
  const phase = signal<HallPhase>({ kind: 'loading' });
  const sessionExpiresAt = signal(fanSession.expiresAt);
  const path = { eventId };
  let refreshSeats: (() => void) | undefined;
  const until = { signal: closing.signal };

  async function open(): Promise<HallPhase> {
    const model = createHallModel({ event, storage: choiceStorageOf(eventId), sendHold });
    await Promise.all([takeLiveHold(model), readLayout(model, event.layoutVersion)]);
    if (model.hall.value === null) return { kind: 'missing' };
    void watch(model);
    return { kind: 'open', model };
  }

  async function takeLiveHold(model: HallModel): Promise<void> {
    const found = await findLiveHold(model.event.concertId, eventId, closing.signal);
    model.liveHold.value = found;
    if (found === null) return;
    model.choose([]);
    model.notice.value = { kind: 'live-hold', reservationId: found.reservationId };
  }

  /** A named version never changes. That of a date without a layout is 0, and follows its price and number of seats. */
  async function readLayout(model: HallModel, version: number): Promise<void> {
    const query = version === 0 ? {} : { version };
    const cache = version === 0 ? 'no-cache' : 'default';
    const layout = await read(
      () => answerOf(getLayout({ client, path, query, cache, ...until })),
      until.signal,
    );
    if (layout.ok) model.hall.value = createHall(layout.data);
  }

  async function watch(model: HallModel): Promise<void> {
    const stopFollowing = followLayout(model);
    let code = await watchUntilEnd(model);
    while (code === 'UNAUTHENTICATED' && (await signedInAgain())) code = await watchUntilEnd(model);
    stopFollowing();
    if (code !== null) phase.value = { kind: 'over', model, code: overCodeOf(code) };
  }

  /** Returns the code of the end; null if the hall was closed. */
  async function watchUntilEnd(model: HallModel): Promise<string | null> {
    const reports = followConnection({ retry: () => refreshSeats?.() });
    const seats = watchSeats({
      client,
      clock,
      eventId,
      concertId: model.event.concertId,
      tickets: tickets.value,
      onSeats: (change) => model.takeSeats(change),
      onConnection: (now) => (now.kind === 'waiting' ? reports.failed(now) : reports.answered()),
      ...until,
    });
    refreshSeats = () => seats.refresh();
    const end = await seats.ended;
    reports.end();
    return end.kind === 'ENDED' ? end.code : null;
  }

  /** The page shows the way to sign in meanwhile. Returns false if the hall was closed. */
  function signedInAgain(): Promise<boolean> {
    return new Promise((resolve) => {
      closing.signal.addEventListener('abort', () => resolve(false), { once: true });
      const stop = session.subscribe(({ kind }) => kind === 'signed-in' && resolve(true));
      closing.signal.addEventListener('abort', stop, { once: true });
    });
  }

  /** Reads the layout again after a change of its version or of the price; the choice stays, by its numbers. */
  function followLayout(model: HallModel): () => void {
    let known: Pick<SeatFacts, 'layoutVersion' | 'price'> = {
      layoutVersion: model.hall.value?.version ?? 0,
      price: model.event.price,
    };
    return effect(() => {
      const facts = model.facts.value;
      if (facts === null) return;
      if (facts.layoutVersion === known.layoutVersion && facts.price === known.price) return;
      known = facts;
      void readLayout(model, facts.layoutVersion);
    });
  }

  async function start(): Promise<void> {
    const opened = await open();
    if (!closing.signal.aborted) phase.value = opened;
  }

  async function renewSession(): Promise<void> {
    const renewed = await readSession(event.concertId, closing.signal);
    sessionExpiresAt.value = renewed?.expiresAt ?? sessionExpiresAt.value;
  }

  void start();

  return {
    phase,
    sessionExpiresAt,
    refresh() {
      refreshSeats?.();
      if (phase.value.kind === 'open') void renewSession();
    },
    close: () => closing.abort(),
  };
}

function overCodeOf(code: string): OverCode {
  if (code === 'EVENT_NOT_BOOKABLE') return code;
  return code.startsWith('QUEUE_TOKEN') ? 'SESSION_OVER' : 'OTHER';
}
