import { LocationProvider, Route, Router, useLocation } from 'preact-iso/router';
import { Announcements } from '../../shared/announcements.tsx';
import { lazyPage } from '../../shared/components/lazy-page.tsx';
import { PageErrors } from '../../shared/components/page-errors.tsx';
import { ConnectionBar } from '../../shared/connection/connection-bar.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { Concerts } from '../concerts/concerts.tsx';
import { NotFound } from './not-found.tsx';
import { FanFooter } from './fan-footer.tsx';
import { FanHeader } from './fan-header.tsx';
import { shellMessages } from './messages.ts';

const Concert = lazyPage(() => import('../concert/concert.tsx'));
const Room = lazyPage(() => import('../room/room.tsx'));
const Hall = lazyPage(() => import('../hall/hall.tsx'));
const Reservation = lazyPage(() => import('../reservation/reservation.tsx'));
const Tickets = lazyPage(() => import('../tickets/tickets.tsx'));
const Wallet = lazyPage(() => import('../wallet/wallet.tsx'));

/** The page of fans: header, the page of the address, footer. */
export function FanPage() {
  return (
    <LocationProvider scope={/^(?!\/(console|docs|v1|openapi\.json))/}>
      <a class="skip-link" href="#content">
        {textsOf(shellMessages).skip}
      </a>
      <FanHeader />
      <ConnectionBar />
      <main id="content" tabIndex={-1}>
        <Pages />
      </main>
      <FanFooter />
      <Announcements />
    </LocationProvider>
  );
}

function Pages() {
  const { path } = useLocation();
  return (
    <PageErrors path={path}>
      <Router>
        <Route path="/" component={Concerts} />
        <Route path="/concerts" component={Concerts} />
        <Route path="/concerts/:concertId" component={Concert} />
        <Route path="/concerts/:concertId/room" component={Room} />
        <Route path="/events/:eventId" component={Hall} />
        <Route path="/reservations/:reservationId" component={Reservation} />
        <Route path="/tickets" component={Tickets} />
        <Route path="/wallet" component={Wallet} />
        <Route default component={NotFound} />
      </Router>
    </PageErrors>
  );
}
