import { confirm, mayPay } from '@frontrow/domain/booking/reservation.ts';
import type { ConfirmedReservation } from '@frontrow/domain/booking/reservation.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import { isPaymentFailure } from '@frontrow/domain/payments/failed-payment.ts';
import { maySell } from '@frontrow/domain/catalog/sales.ts';
import { type WalletEntry, spend } from '@frontrow/domain/payments/wallet.ts';
import type { PaymentId, ReservationId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import {
  type HoldExpired,
  type IdempotencyInProgress,
  type IdempotencyKeyReused,
  type InsufficientBalance,
  type NotFound,
  type ReservationNotHeld,
  type EventCancelled,
  type SalesStopped,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { paymentCompleted } from '@frontrow/domain/webhooks/message.ts';
import { type OwnReservation, claimOf } from '../../booking/own-reservation.ts';
import { type PaymentFailure, recordFailure } from '../../payments/record-failure.ts';
import type { ReservationWithWallet } from '../../ports/payments/payments.ts';
import type { Ports } from '../../ports/ports.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { LockMode } from '../../ports/shared/lock-mode.ts';
import type { UnitOfWork } from '../../ports/shared/unit-of-work.ts';
import { type Decision, answerTogether } from '../../shared/answer-together.ts';
import { GROUP_MAX, createGroupQueue } from '../../shared/group-queue.ts';
import type { Answer } from '../../shared/idempotently.ts';
import type { Traced } from '../../ports/shared/outbox.ts';
import type { PlaceEnd } from '../../ports/waiting-room/queue-ends.ts';
import { webhookMessages } from '../../webhooks/webhook-messages.ts';
import { freeSlot, recordEnds } from '../../waiting-room/end-place.ts';

export type PayReservationCommand = OwnReservation & { readonly request: IdempotentRequest };
type TracedCommand = PayReservationCommand & Traced;
type PayRefusal =
  NotFound | HoldExpired | ReservationNotHeld | SalesStopped | EventCancelled | InsufficientBalance;
type PayOutcome = Result<Answer<Payment>, PayRefusal | IdempotencyKeyReused | IdempotencyInProgress>;
export type PayReservation = (command: PayReservationCommand) => Promise<PayOutcome>;

type PayReservationPorts = Pick<Ports, 'transact' | 'lineOf' | 'ids' | 'waitingRoom' | 'traces'>;
/** What one payment writes. */
type Sale = {
  readonly payment: Payment;
  readonly entry: WalletEntry;
  readonly reservation: ConfirmedReservation;
  readonly end: PlaceEnd & Traced;
};
/** `end` is null for a replay or refusal, which has ended nothing; `failure` for all that leaves no failed payment. */
type Paid = {
  readonly outcome: PayOutcome;
  readonly end: PlaceEnd | null;
  readonly failure: PaymentFailure | null;
};
/** The payments of a process form one queue, where they have no lines. */
const LINE = 'payments';

/**
 * Pays, confirms the reservation and ends the place in one transaction, together with the payments that arrive while
 * another one runs; then frees the slot. Records a refusal as a failed payment.
 */
export function createPayReservation(ports: PayReservationPorts, groupMax = GROUP_MAX): PayReservation {
  const pay = createGroupQueue<TracedCommand, Paid>(
    {
      // A fan's payments change one wallet, so each waits for the one before.
      resourcesOf: ({ userId, reservationId }) => [`user ${userId}`, `reservation ${reservationId}`],
      runTogether: (_, commands) => payTogether(ports, commands, 'SKIP'),
      async runAlone(_, command) {
        const [paid] = await payTogether(ports, [command], 'WAIT');
        invariant(paid !== undefined && paid !== null, 'a payment that waits for its locks is decided');
        return paid;
      },
    },
    { groupMax },
    ports.traces,
  );
  return async (command) => {
    const { outcome, end, failure } = await pay(ports.lineOf?.(command) ?? LINE, {
      ...command,
      traceparent: ports.traces.current(),
    });
    if (end !== null) await freeSlot(ports, end);
    if (failure !== null) await recordFailure(ports, failure);
    return outcome;
  };
}

async function payTogether(
  { transact, ids }: PayReservationPorts,
  commands: readonly TracedCommand[],
  mode: LockMode,
): Promise<readonly (Paid | null)[]> {
  const ends = new Map<PaymentId, PlaceEnd>();
  const decided = new Map<ReservationId, ReservationWithWallet>();
  const outcomes = await answerTogether<TracedCommand, Payment, PayRefusal>(
    transact,
    commands,
    { reservationId: commands[0]!.reservationId },
    async (unit, newCommands) => {
      const locked = await unit.payments.lock(
        newCommands.map(({ reservationId }) => reservationId),
        mode,
      );
      for (const each of locked) decided.set(each.reservation.id, each);
      const decisions = newCommands.map((command) =>
        decide(command, decided.get(command.reservationId), mode, ids),
      );
      const sales = decisions.flatMap((decision) => (decision?.ok === true ? decision.value : []));
      if (sales.length > 0) await write(unit, sales, ids);
      for (const { payment, end } of sales) ends.set(payment.id, end);
      return decisions.map((decision) => (decision?.ok === true ? ok(decision.value.payment) : decision));
    },
  );
  return outcomes.map((outcome, index) => {
    if (outcome === null) return null;
    const failure = failureOf(outcome, decided.get(commands[index]!.reservationId), ids);
    const isNew = outcome.ok && !outcome.value.replayed;
    return { outcome, end: isNew ? (ends.get(outcome.value.value.id) ?? null) : null, failure };
  });
}

function failureOf(
  outcome: PayOutcome,
  decided: ReservationWithWallet | undefined,
  ids: Ports['ids'],
): PaymentFailure | null {
  if (outcome.ok || decided === undefined || !isPaymentFailure(outcome.refusal.code)) return null;
  const { reservation, asOf: failedAt } = decided;
  const { id: reservationId, userId, concertId, totalAmount: amount } = reservation;
  const failureCode = outcome.refusal.code;
  const id = ids.nextIn(concertId);
  return { failed: { id, reservationId, userId, amount, failureCode, failedAt }, reservation };
}

/** Null where another transaction may have locked the reservation. */
function decide(
  { userId, reservationId, traceparent = null }: TracedCommand,
  locked: ReservationWithWallet | undefined,
  mode: LockMode,
  ids: Ports['ids'],
): Decision<Sale, PayRefusal> {
  if (locked === undefined) return mode === 'SKIP' ? null : refuse(notFound('reservation'));
  const { wallet, sales, asOf } = locked;
  if (locked.reservation.userId !== userId) return refuse(notFound('reservation'));
  const payable = mayPay(locked.reservation);
  if (!payable.ok) return payable;
  const selling = maySell(sales);
  if (!selling.ok) return selling;
  const { concertId, sequence, totalAmount: amount } = payable.value;
  const spent = spend(wallet, amount);
  if (!spent.ok) return spent;
  const { balanceAfter } = spent.value;
  const id = ids.nextIn(concertId);
  const payment: Payment = { id, reservationId, userId, amount, balanceAfter, paidAt: asOf };
  return ok({
    payment,
    entry: { ...spent.value, id: ids.next(), userId, paymentId: payment.id, createdAt: asOf },
    reservation: confirm(payable.value, payment.id),
    end: {
      concertId,
      userId,
      sequence,
      reason: 'COMPLETED',
      soldSeats: payable.value.seatNumbers.length,
      ...(traceparent === null ? {} : { traceparent }),
    },
  });
}

async function write(unit: UnitOfWork, sales: readonly Sale[], ids: Ports['ids']): Promise<void> {
  const reservations = sales.map(({ reservation }) => reservation);
  await unit.wallets.append(sales.map(({ entry }) => entry));
  await unit.payments.add(
    sales.map(({ payment, reservation: { concertId } }) => ({ ...payment, concertId })),
  );
  await unit.reservations.confirm(reservations);
  const paid = sales.map(({ payment, reservation, end: { traceparent = null } }) => ({
    ...paymentCompleted(payment, reservation),
    traceparent,
  }));
  const ends = sales.map(({ end }) => end);
  await recordEnds(unit, ends, webhookMessages({ ids }, paid));
  const sold = await unit.seats.sell(reservations.map(claimOf));
  const seatCount = sum(reservations.map(({ seatNumbers }) => seatNumbers.length));
  invariant(
    sold === seatCount,
    `one of the reservations ${reservations.map(({ id }) => id).join()} lost a seat while HELD`,
  );
}
