import { useRoute } from 'preact-iso/router';
import { Notice } from '../../shared/components/notice.tsx';
import { StoppedBadge, VisibilityBadge } from '../components/concert-badges.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Tabs } from '../components/tabs.tsx';
import { useQuery } from '../data/use-query.ts';
import { ConcertActs } from './concert-acts.tsx';
import { Dates } from './dates/dates.tsx';
import { type ConcertTabProps, readConcert } from './read-concert.ts';
import { PolicyTab } from './policy/policy-tab.tsx';
import { RoomTab } from './room/room-tab.tsx';
import { SaleCodes } from './sale-codes/sale-codes.tsx';

/** Another operator's change of the concert is seen after this time. */
const POLL_MS = 10_000;

/** One concert: its room, dates, policy and sale codes. */
export default function Concert() {
  const { params } = useRoute();
  const { concertId = '', tab = 'room' } = params;
  const query = useQuery((signal) => readConcert(concertId, signal), [concertId], { pollMs: POLL_MS });
  return (
    <Loaded query={query} pageTitle="Concert">
      {(read) => <ConcertPage read={read} refresh={() => void query.refresh()} tab={tab} />}
    </Loaded>
  );
}

function ConcertPage({ read, refresh, tab }: ConcertTabProps & { readonly tab: string }) {
  const { id, title, artist, visibility, salesState, reason } = read.concert;
  const base = `/console/concerts/${id}`;
  const tabs = [
    { href: base, text: 'Room' },
    { href: `${base}/dates`, text: 'Dates' },
    { href: `${base}/policy`, text: 'Policy' },
    { href: `${base}/sale-codes`, text: 'Sale codes' },
  ];
  return (
    <div>
      <PageHead
        title={title}
        trail={[{ href: '/console', text: 'Concerts' }]}
        badges={
          <>
            <VisibilityBadge visibility={visibility} />
            <StoppedBadge salesState={salesState} />
          </>
        }
        lead={artist}
      >
        <ConcertActs read={read} refresh={refresh} />
      </PageHead>
      <Tabs label="Parts of the concert" tabs={tabs} current={tab === 'room' ? base : `${base}/${tab}`} />
      <div class="stack">
        {salesState === 'STOPPED' && (
          <Notice tone="bad" title="Sales of all dates are stopped">
            <p>{reason ?? 'Fans read no reason.'}</p>
          </Notice>
        )}
        <Tab tab={tab} read={read} refresh={refresh} />
      </div>
    </div>
  );
}

function Tab({ tab, ...props }: ConcertTabProps & { readonly tab: string }) {
  const { id } = props.read.concert;
  switch (tab) {
    case 'dates':
      return <Dates concertId={id} />;
    case 'policy':
      return <PolicyTab concertId={id} />;
    case 'sale-codes':
      return <SaleCodes concertId={id} />;
    default:
      return <RoomTab {...props} />;
  }
}
