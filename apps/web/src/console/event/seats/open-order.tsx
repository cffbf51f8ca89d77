import { answerOf, listOrders } from '@frontrow/client';
import { useLocation } from 'preact-iso/router';
import { client } from '../../../shared/api.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useAct } from '../../data/act.ts';
import { ordersHref } from '../../orders/order-filter.ts';

/** Leads to the order that has a seat now. */
export function OpenOrder({
  eventId,
  seatNumber,
}: {
  readonly eventId: string;
  readonly seatNumber: number;
}) {
  const { route } = useLocation();
  const act = useAct(
    () => answerOf(listOrders({ client, path: { eventId }, query: { seatNumber, limit: 100 } })),
    ({ items }) => {
      const owner = items.find(
        ({ status, refundedSeats }) =>
          status === 'HELD' || (status === 'CONFIRMED' && !refundedSeats.includes(seatNumber)),
      );
      route(
        owner === undefined
          ? ordersHref(eventId, { seatNumber: `${seatNumber}` })
          : `/console/reservations/${owner.id}`,
      );
    },
  );
  return (
    <>
      <button
        type="button"
        class="button"
        aria-disabled={act.isSending.value}
        onClick={() => void act.run(undefined)}
      >
        Open the order
      </button>
      <ProblemNotice problem={act.problem.value} />
    </>
  );
}
