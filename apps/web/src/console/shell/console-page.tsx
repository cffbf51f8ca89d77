import { LocationProvider, Route, Router, useLocation } from 'preact-iso/router';
import { Announcements } from '../../shared/announcements.tsx';
import { lazyPage } from '../../shared/components/lazy-page.tsx';
import { PageErrors } from '../../shared/components/page-errors.tsx';
import { ConnectionBar } from '../../shared/connection/connection-bar.tsx';
import { session } from '../../shared/identity/session.ts';
import { PageHead } from '../components/page-head.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { Toasts } from '../components/toasts.tsx';
import { Concerts } from '../concerts/concerts.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { ConsoleHeader } from './console-header.tsx';
import { SessionEnded } from './session-ended.tsx';

const Concert = lazyPage(() => import('../concert/concert.tsx'));
const NewDate = lazyPage(() => import('../layouts/new-date.tsx'));
const Event = lazyPage(() => import('../event/event.tsx'));
const Order = lazyPage(() => import('../orders/order.tsx'));
const Users = lazyPage(() => import('../orders/users.tsx'));
const User = lazyPage(() => import('../orders/user.tsx'));
const Webhooks = lazyPage(() => import('../webhooks/webhooks.tsx'));
const AuditLog = lazyPage(() => import('../audit/audit-log.tsx'));
const Jobs = lazyPage(() => import('../jobs/jobs.tsx'));
const Layouts = lazyPage(() => import('../layouts/layouts.tsx'));

/** The console of operators and organisers. */
export function ConsolePage() {
  return (
    <LocationProvider scope="/console">
      <a class="skip-link" href="#content">
        Skip to content
      </a>
      <ConsoleHeader />
      <ConnectionBar />
      <main id="content" class="console-main" tabIndex={-1}>
        <Content />
      </main>
      <Toasts />
      <Announcements />
    </LocationProvider>
  );
}

/** A session that ends leaves the page as it is, so that nothing is lost that was entered. */
function Content() {
  const current = session.value;
  if (current.kind === 'unknown') return <Skeleton />;
  if (current.kind === 'signed-out' && current.expiredUserId === null) return <SignIn />;
  return (
    <>
      <Pages />
      {current.kind === 'signed-out' && <SessionEnded />}
    </>
  );
}

function Pages() {
  const { path } = useLocation();
  return (
    <PageErrors path={path}>
      <Router>
        <Route path="/console" component={Concerts} />
        <Route path="/console/concerts/:concertId/new-date" component={NewDate} />
        <Route path="/console/concerts/:concertId/:tab?" component={Concert} />
        <Route path="/console/events/:eventId/:tab?" component={Event} />
        <Route path="/console/reservations/:reservationId" component={Order} />
        <Route path="/console/users" component={Users} />
        <Route path="/console/users/:userId/:tab?" component={User} />
        <Route path="/console/layouts/:layoutTemplateId?" component={Layouts} />
        <Route path="/console/webhooks/:endpointId?" component={Webhooks} />
        <Route path="/console/audit" component={AuditLog} />
        <Route path="/console/jobs" component={Jobs} />
        <Route default component={NotFound} />
      </Router>
    </PageErrors>
  );
}

function NotFound() {
  return (
    <>
      <PageHead title="There is no such page" />
      <a href="/console">See all concerts</a>
    </>
  );
}
