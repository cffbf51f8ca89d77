import type { RouteOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/identity/scopes.ts';
import { addAuthentication } from '../../src/plugins/authentication.ts';
import { ROUTES } from '../../src/routes/route-table.ts';
import type { App, RouteContext } from '../../src/routes/route.ts';
import { createTestServer } from '../support/test-server.ts';

/** The options of every route, without a server. */
function declaredRoutes(): RouteOptions[] {
  const declared: RouteOptions[] = [];
  const recorder = { route: (route: RouteOptions) => declared.push(route) } as unknown as App;
  for (const add of ROUTES) add(recorder, {} as RouteContext);
  return declared;
}

const nameOf = ({ method, url }: RouteOptions) => `${String(method)} ${url}`;

/** The routes that need an ACTIVE ticket. */
const BOOKING = [
  'GET /v1/events/:eventId/seats',
  'GET /v1/events/:eventId/seats/stream',
  'POST /v1/reservations',
];
/** The routes that need an idempotency key. */
const KEYED = [
  'POST /v1/reservations',
  'POST /v1/reservations/:reservationId/extend',
  'POST /v1/reservations/:reservationId/refund',
  'POST /v1/payments',
  'POST /v1/wallet/charges',
  'POST /v1/admin/users/:userId/wallet/adjustments',
  'POST /v1/admin/reservations/:reservationId/refund',
  'POST /v1/admin/tickets/check-in',
  'POST /v1/admin/events/:eventId/reservations',
];

function needsScope({ config }: RouteOptions): boolean {
  return Object.hasOwn(SCOPES, config?.identity ?? '');
}

/** What anybody may read of a date. */
const PUBLIC = ['/v1/events/:eventId/layout'];

function isBooking({ url, method }: RouteOptions): boolean {
  if (PUBLIC.includes(url)) return false;
  return url.startsWith('/v1/events/:eventId/') || (url === '/v1/reservations' && method !== 'GET');
}

describe('the table of routes', () => {
  it("requires a ticket on exactly the booking routes and the ticket's own", () => {
    const guarded = declaredRoutes().filter(({ config }) => config?.queueToken === 'required');
    const path = '/v1/queue-tokens/current';
    const own = [`GET ${path}`, `GET ${path}/stream`, `DELETE ${path}`];
    expect(guarded.map(nameOf).toSorted()).toEqual([...BOOKING, ...own].toSorted());
  });

  it('has no route under a date or reservations that books without a ticket', () => {
    const unguarded = declaredRoutes().filter(({ config }) => config?.queueToken === undefined);
    expect(unguarded.filter(isBooking).map(nameOf)).toEqual([]);
  });

  it('requires a key on exactly the routes that move seats or money, or use up a ticket', () => {
    const keyed = declaredRoutes().filter(({ config }) => config?.idempotencyKey === 'required');
    expect(keyed.map(nameOf).toSorted()).toEqual(KEYED.toSorted());
  });

  it('puts the admin routes, and no others, behind a scope', () => {
    const wrong = declaredRoutes().filter(
      (route) => needsScope(route) !== route.url.startsWith('/v1/admin/'),
    );
    expect(wrong.map(nameOf)).toEqual([]);
  });

  it('limits every route by user or address, but for polls, which have a limit of their own, and organisers', () => {
    const unlimited = declaredRoutes().filter(
      (route) => route.config?.countedAs === undefined && !needsScope(route),
    );
    expect(unlimited.map(nameOf)).toEqual(['GET /v1/queue-tokens/current']);
  });

  it('does not start with a route that declares no identity', async () => {
    const { app } = createTestServer();
    app.register(async (scope) => {
      addAuthentication(scope, async () => null);
      scope.get('/v1/forgotten', async () => 'secret');
    });
    await expect(app.ready()).rejects.toThrow('does not say who may call it');
  });
});
