import type { Event } from '@frontrow/client';
import { formatMoney, formatNumber } from '../../../shared/i18n/formats.ts';
import { Facts } from '../../components/facts.tsx';
import { Instant } from '../../components/instant.tsx';

/** What staff have set for a date; times are by the clock of the venue. */
export function EventFacts({ event }: { readonly event: Event }) {
  const at = (instant: string) => <Instant key={instant} at={instant} timeZone={event.timeZone} />;
  const { layoutVersion } = event;
  return (
    <Facts
      facts={[
        ['Venue', event.venue],
        ['Starts', at(event.startsAt)],
        ['Sales open', at(event.reservationStartAt)],
        ['Sales close', at(event.reservationEndAt)],
        ['Refunds until', at(event.refundUntil)],
        ['Seats', formatNumber(event.seatCount)],
        [layoutVersion === 0 ? 'Price' : 'Lowest price', formatMoney(event.price)],
        ['Layout', layoutVersion === 0 ? 'None: seats have numbers alone' : `Version ${layoutVersion}`],
        [
          'Accessible seats for everybody',
          event.accessibleReleaseAt === null ? 'Never' : at(event.accessibleReleaseAt),
        ],
        ['Id', <code key="id">{event.id}</code>],
      ]}
    />
  );
}
