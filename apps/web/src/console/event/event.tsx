import { answerOf, getAdminConcert } from '@frontrow/client';
import type { JSX } from 'preact';
import { useRoute } from 'preact-iso/router';
import { client } from '../../shared/api.ts';
import { formatDateTime } from '../../shared/i18n/formats.ts';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Tabs } from '../components/tabs.tsx';
import type { Query } from '../data/query.ts';
import { useQuery } from '../data/use-query.ts';
import { EventLayout } from '../layouts/event-layout.tsx';
import { EventOrders } from '../orders/event-orders.tsx';
import { BlockedSeats } from './blocked-seats.tsx';
import { type VersionedEvent, useEvent } from './event-data.ts';
import { EventReport } from './report/event-report.tsx';
import { Overview } from './overview/overview.tsx';
import { SalesBadge } from './sales-badge.tsx';
import { EventSeats } from './seats/event-seats.tsx';
import './event.css';

const TABS = {
  overview: 'Overview',
  seats: 'Seats',
  blocked: 'Blocked seats',
  orders: 'Orders',
  report: 'Report',
  layout: 'Layout',
} as const;
type Tab = keyof typeof TABS;

/** A date of a concert. */
export default function EventPage() {
  const { params } = useRoute();
  const eventId = params['eventId'] ?? '';
  const query = useEvent(eventId);
  return (
    <Loaded query={query} pageTitle="Date">
      {(read) => <LoadedEvent read={read} query={query} tab={params['tab']} />}
    </Loaded>
  );
}

type LoadedEventProps = {
  readonly read: VersionedEvent;
  readonly query: Query<VersionedEvent>;
  readonly tab: string | undefined;
};

function LoadedEvent({ read, query, tab }: LoadedEventProps) {
  const { event } = read;
  const current = tab !== undefined && Object.hasOwn(TABS, tab) ? (tab as Tab) : 'overview';
  const Content = CONTENTS[current];
  const concert = useQuery(
    (signal) => answerOf(getAdminConcert({ client, signal, path: { concertId: event.concertId } })),
    [event.concertId],
  );
  const title = concert.data.value?.title ?? 'Concert';
  const href = (of: Tab) => `/console/events/${event.id}/${of}`;
  return (
    <div>
      <PageHead
        title={event.venue}
        trail={[
          { href: '/console', text: 'Concerts' },
          { href: `/console/concerts/${event.concertId}`, text: title },
        ]}
        badges={<SalesBadge event={event} concert={concert.data.value} />}
        lead={`${title}, ${formatDateTime(event.startsAt, event.timeZone)} (${event.timeZone})`}
      />
      <Tabs
        label="Parts of the date"
        tabs={(Object.keys(TABS) as Tab[]).map((of) => ({ href: href(of), text: TABS[of] }))}
        current={href(current)}
      />
      <Content read={read} query={query} />
    </div>
  );
}

const CONTENTS: Readonly<Record<Tab, (props: Pick<LoadedEventProps, 'read' | 'query'>) => JSX.Element>> = {
  overview: Overview,
  seats: ({ read }) => <EventSeats event={read.event} />,
  blocked: ({ read }) => <BlockedSeats event={read.event} />,
  orders: ({ read }) => <EventOrders event={read.event} />,
  report: ({ read }) => <EventReport event={read.event} />,
  layout: ({ read, query }) => <EventLayout event={read.event} onChanged={() => void query.refresh()} />,
};
