import {
  type GetReservationError,
  type ReservationWithEvent,
  answerOf,
  cancelReservation,
  extendHold,
  getReservation,
  getWallet,
  keepSeats,
  payReservation,
  refundReservation,
} from '@frontrow/client';
import { type Signal, signal as createSignal } from '@preact/signals';
import { client, clock, idempotencyKeys, tickets } from '../../shared/api.ts';
import { type SendOptions, read, send, sendAct } from '../../shared/connection/send.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { reservationMessages } from './messages.ts';
import type { BookingAnswer, BookingProblem } from './problem-texts.ts';

/** The clock of the page may be a moment ahead of the one that ends holds. */
const LAPSE_READ_AGAIN_MS = 500;

export type Act = 'pay' | 'extend' | 'keep' | 'cancel' | 'refund';
type LoadProblem = GetReservationError['code'] | 'UNREACHABLE';

/** A reservation on the page, and what its owner can do with it. Acts are sent again until they have an answer. */
export type ReservationState = {
  /** Null until the first answer. */
  readonly reservation: Signal<ReservationWithEvent | null>;
  /** In whole won; null while unknown. */
  readonly balance: Signal<number | null>;
  /** Why the reservation could not be read; null if it could. */
  readonly loadProblem: Signal<LoadProblem | null>;
  /** The act in progress. */
  readonly acting: Signal<Act | null>;
  /** Why the last act was refused. */
  readonly refusal: Signal<BookingProblem['code'] | 'UNREACHABLE' | null>;
  /** Seats were released or refunded, or the hold was extended, and how. */
  readonly done: Signal<Act | null>;
  load(): Promise<void>;
  pay(): Promise<void>;
  extend(): Promise<void>;
  keep(seatNumbers: readonly number[]): Promise<void>;
  cancel(): Promise<void>;
  refund(seatNumbers: readonly number[]): Promise<void>;
  /** Ends every repeat, when the page is left. */
  end(): void;
};

/** What the parts of the page get. */
export type ReservationProps = {
  readonly state: ReservationState;
  readonly reservation: ReservationWithEvent;
};

export function createReservationState(reservationId: string): ReservationState {
  const reservation = createSignal<ReservationWithEvent | null>(null);
  const balance = createSignal<number | null>(null);
  const loadProblem = createSignal<LoadProblem | null>(null);
  const acting = createSignal<Act | null>(null);
  const refusal = createSignal<BookingProblem['code'] | 'UNREACHABLE' | null>(null);
  const done = createSignal<Act | null>(null);
  const path = { reservationId };
  const leaving = new AbortController();
  let loading = new AbortController();

  async function load(): Promise<void> {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    const answer = await read(
      () => answerOf(getReservation({ client, path, query: { expand: 'event' }, signal })),
      signal,
    );
    if (signal.aborted) return;
    loadProblem.value = answer.ok ? null : answer.problem.code;
    if (!answer.ok) return;
    reservation.value = answer.data;
    const wallet = await answerOf(getWallet({ client }));
    if (wallet.ok) balance.value = wallet.data.balance;
    if (answer.data.status !== 'HELD') return;
    const isOver = clock.msUntil(answer.data.holdExpiresAt) === 0;
    if (isOver) setTimeout(() => signal.aborted || void load(), LAPSE_READ_AGAIN_MS);
    if (isPayPending()) await pay();
  }

  /** The page was closed or reloaded before the answer to a payment arrived. */
  function isPayPending(): boolean {
    return acting.value === null && idempotencyKeys.value.isPending(actName('pay'));
  }

  async function perform(act: Act, sendIt: (options: SendOptions) => Promise<BookingAnswer>): Promise<void> {
    if (acting.value !== null) return;
    acting.value = act;
    refusal.value = null;
    done.value = null;
    const answer = await sendIt({
      signal: leaving.signal,
      kept: () => textsOf(reservationMessages).kept,
    });
    refusal.value = answer.ok ? null : answer.problem.code;
    done.value = answer.ok ? act : null;
    if (act === 'pay' && answer.ok && reservation.value !== null)
      tickets.value.forget(reservation.value.concertId); // a payment ends the place in the waiting room
    await load();
    acting.value = null;
  }

  function performOnce(act: Act, body: unknown, call: (key: string) => Promise<BookingAnswer>) {
    return perform(act, (options) => sendAct(idempotencyKeys.value, actName(act), body, call, options));
  }

  const actName = (act: Act) => `${act}:${reservationId}`;
  const pay = () => {
    const body = { reservationId };
    return performOnce('pay', body, (key) =>
      answerOf(payReservation({ client, body, headers: { 'Idempotency-Key': key } })),
    );
  };

  return {
    reservation,
    balance,
    loadProblem,
    acting,
    refusal,
    done,
    load,
    pay,
    extend: () =>
      performOnce('extend', null, (key) =>
        answerOf(extendHold({ client, path, headers: { 'Idempotency-Key': key } })),
      ),
    keep: (seatNumbers) =>
      perform('keep', (options) =>
        send(() => answerOf(keepSeats({ client, path, body: { seatNumbers: [...seatNumbers] } })), options),
      ),
    end() {
      loading.abort();
      leaving.abort();
    },
    cancel: () =>
      perform('cancel', (options) => send(() => answerOf(cancelReservation({ client, path })), options)),
    refund(seatNumbers) {
      const body = { seatNumbers: [...seatNumbers] };
      return performOnce('refund', body, (key) =>
        answerOf(refundReservation({ client, path, body, headers: { 'Idempotency-Key': key } })),
      );
    },
  };
}
