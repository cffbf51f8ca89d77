import lazy from 'preact-iso/lazy';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import { Announcements } from '../../shared/announcements.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { Concerts } from '../concerts/concerts.tsx';
import { NotFound } from './not-found.tsx';
import { FanFooter } from './fan-footer.tsx';
import { FanHeader } from './fan-header.tsx';
import { shellMessages } from './messages.ts';

const Concert = lazy(() => import('../concert/concert.tsx'));
const Room = lazy(() => import('../room/room.tsx'));
const Hall = lazy(() => import('../hall/hall.tsx'));
const Reservation = lazy(() => import('../reservation/reservation.tsx'));
const Tickets = lazy(() => import('../tickets/tickets.tsx'));
const Wallet = lazy(() => import('../wallet/wallet.tsx'));

/** The page of fans: header, the page of the address, footer. */
export function FanPage() {
  return (
    <LocationProvider scope={/^(?!\/(console|docs|v1|openapi\.json))/}>
      <a class="skip-link" href="#content">
        {textsOf(shellMessages).skip}
      </a>
      <FanHeader />
      <main id="content" tabIndex={-1}>
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
      </main>
      <FanFooter />
      <Announcements />
    </LocationProvider>
  );
}
