import type { ConcertEvent } from '../catalog/concert.ts';
import type { Sales } from '../catalog/sales.ts';
import { formatInstant } from '../shared/instant.ts';
import type { Money } from '../shared/money.ts';

/** What the public catalogue shows of a date, in its form. The sales are those of the date alone. */
export type EventFacts = {
  readonly venue: string;
  readonly startsAt: string;
  readonly timeZone: string;
  readonly reservationStartAt: string;
  readonly reservationEndAt: string;
  readonly refundUntil: string;
  readonly seatCount: number;
  readonly price: Money;
  readonly salesState: Sales['state'];
  readonly reason: string | null;
};

/** The facts of `after` that `before` does not have. */
export function changedFacts(before: ConcertEvent, after: ConcertEvent): Partial<EventFacts> {
  const old = factsOf(before);
  const isNew = ([name, value]: [string, unknown]) => value !== old[name as keyof EventFacts];
  return Object.fromEntries(Object.entries(factsOf(after)).filter(isNew));
}

function factsOf({ venue, timeZone, seatCount, price, sales, ...times }: ConcertEvent): EventFacts {
  return {
    venue,
    startsAt: formatInstant(times.startsAt),
    timeZone,
    reservationStartAt: formatInstant(times.reservationStartAt),
    reservationEndAt: formatInstant(times.reservationEndAt),
    refundUntil: formatInstant(times.refundUntil),
    seatCount,
    price,
    salesState: sales.state,
    reason: sales.reason,
  };
}
