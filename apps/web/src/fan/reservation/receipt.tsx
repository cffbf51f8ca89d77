import { type ReservationWithEvent, answerOf, getPayment } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import { formatDateTime, formatMoney } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { useAnswer } from '../../shared/use-answer.ts';
import { reservationMessages } from './messages.ts';

type ReceiptProps = { readonly reservation: ReservationWithEvent; readonly paymentId: string };

/** What was paid, when, and what came back. */
export function Receipt({ reservation, paymentId }: ReceiptProps) {
  const texts = textsOf(reservationMessages);
  const { data: paid } = useAnswer(
    () => answerOf(getPayment({ client, path: { paymentId } })),
    [paymentId, reservation.refundedAmount],
  );
  const facts: readonly (readonly [string, string])[] = [
    [texts.amount, formatMoney(paid?.amount ?? reservation.totalAmount)],
    ...(reservation.refundedAmount > 0
      ? ([[texts.refunded, formatMoney(reservation.refundedAmount)]] as const)
      : []),
    ...(paid === null || paid.paidAt === null
      ? []
      : ([
          [texts.paidAt, formatDateTime(paid.paidAt)],
          [texts.balanceAfter, formatMoney(paid.balanceAfter ?? 0)],
        ] as const)),
    [texts.reservationId, reservation.id],
    [texts.paymentId, paymentId],
  ];
  return (
    <section class="card stack">
      <h2>{texts.receipt}</h2>
      <dl class="facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd class="numbers">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
