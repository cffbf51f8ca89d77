import { beforeAll, describe, expect, it } from 'vitest';
import { SCOPES, type Scope } from '../../src/identity/scopes.ts';
import { type Answer, refusalOf } from '../support/caller.ts';
import { PRICE, chargeWallet, hold, newKey, putOnSale } from '../support/scenario.ts';
import { createTestServer } from '../support/test-server.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Schema = { readonly $ref?: string; readonly examples?: readonly unknown[] };
type Operation = {
  readonly security?: readonly Record<string, unknown>[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
};
type Document = {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
};
type DocumentedRoute = {
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly body: unknown;
};

/** Every path parameter of the API, by whether what it names belongs to one user. A new one belongs in this list. */
const IS_OWNED: Readonly<Record<string, boolean>> = {
  concertId: false,
  eventId: false,
  reservationId: true,
  paymentId: true,
  userId: false, // of an admin route
  layoutTemplateId: false,
  saleCodeId: false,
  categoryKey: false,
  endpointId: false,
  messageId: false,
};
/** The scope of each admin route. A new one belongs in this list. */
const SCOPE_OF: Readonly<Record<string, Scope>> = {
  'POST /v1/admin/concerts': 'sales:write',
  'POST /v1/admin/concerts/{concertId}/events': 'sales:write',
  'GET /v1/admin/concerts': 'sales:read',
  'GET /v1/admin/concerts/{concertId}': 'sales:read',
  'PATCH /v1/admin/concerts/{concertId}': 'sales:write',
  'DELETE /v1/admin/concerts/{concertId}': 'sales:write',
  'GET /v1/admin/concerts/{concertId}/events': 'sales:read',
  'GET /v1/admin/events/{eventId}': 'sales:read',
  'PATCH /v1/admin/events/{eventId}': 'sales:write',
  'DELETE /v1/admin/events/{eventId}': 'sales:write',
  'GET /v1/admin/events/{eventId}/layout': 'sales:read',
  'PUT /v1/admin/events/{eventId}/layout': 'sales:write',
  'PATCH /v1/admin/events/{eventId}/categories/{categoryKey}': 'sales:write',
  'POST /v1/admin/layout-templates': 'sales:write',
  'GET /v1/admin/layout-templates': 'sales:read',
  'GET /v1/admin/layout-templates/{layoutTemplateId}': 'sales:read',
  'PUT /v1/admin/layout-templates/{layoutTemplateId}': 'sales:write',
  'DELETE /v1/admin/layout-templates/{layoutTemplateId}': 'sales:write',
  'PUT /v1/admin/concerts/{concertId}/sales': 'sales:write',
  'PUT /v1/admin/events/{eventId}/sales': 'sales:write',
  'GET /v1/admin/concerts/{concertId}/policy': 'sales:read',
  'PATCH /v1/admin/concerts/{concertId}/policy': 'sales:write',
  'POST /v1/admin/concerts/{concertId}/sale-codes': 'sales:write',
  'GET /v1/admin/concerts/{concertId}/sale-codes': 'sales:read',
  'POST /v1/admin/sale-codes/{saleCodeId}/revoke': 'sales:write',
  'GET /v1/admin/concerts/{concertId}/waiting-room': 'sales:read',
  'DELETE /v1/admin/concerts/{concertId}/waiting-room/users/{userId}': 'sales:write',
  'GET /v1/admin/events/{eventId}/reservations': 'sales:read',
  'POST /v1/admin/events/{eventId}/reservations': 'sales:write',
  'GET /v1/admin/events/{eventId}/report': 'sales:read',
  'GET /v1/admin/events/{eventId}/seats': 'sales:read',
  'POST /v1/admin/events/{eventId}/blocked-seats': 'sales:write',
  'POST /v1/admin/events/{eventId}/blocked-seats/release': 'sales:write',
  'GET /v1/admin/events/{eventId}/blocked-seats': 'sales:read',
  'GET /v1/admin/reservations/{reservationId}': 'sales:read',
  'POST /v1/admin/reservations/{reservationId}/cancel': 'sales:write',
  'POST /v1/admin/reservations/{reservationId}/refund': 'sales:write',
  'GET /v1/admin/users/{userId}/reservations': 'sales:read',
  'GET /v1/admin/wallet-entries': 'sales:read',
  'GET /v1/admin/users/{userId}/wallet': 'sales:read',
  'GET /v1/admin/users/{userId}/wallet/entries': 'sales:read',
  'POST /v1/admin/users/{userId}/wallet/adjustments': 'admin',
  'POST /v1/admin/tickets/check-in': 'check-in',
  'GET /v1/admin/events/{eventId}/check-ins': 'check-in',
  'POST /v1/admin/events/{eventId}/cancel': 'sales:write',
  'GET /v1/admin/events/{eventId}/cancellation': 'sales:read',
  'GET /v1/admin/audit-log': 'sales:read',
  'GET /v1/admin/jobs': 'sales:read',
  'POST /v1/admin/webhook-endpoints': 'admin',
  'GET /v1/admin/webhook-endpoints': 'sales:read',
  'GET /v1/admin/webhook-endpoints/{endpointId}': 'sales:read',
  'PATCH /v1/admin/webhook-endpoints/{endpointId}': 'admin',
  'DELETE /v1/admin/webhook-endpoints/{endpointId}': 'admin',
  'POST /v1/admin/webhook-endpoints/{endpointId}/rotate-secret': 'admin',
  'POST /v1/admin/webhook-endpoints/{endpointId}/test': 'admin',
  'POST /v1/admin/webhook-endpoints/{endpointId}/replay': 'admin',
  'GET /v1/admin/webhook-endpoints/{endpointId}/deliveries': 'sales:read',
  'GET /v1/admin/webhook-endpoints/{endpointId}/deliveries/{messageId}': 'sales:read',
  'POST /v1/admin/webhook-endpoints/{endpointId}/deliveries/{messageId}/redeliver': 'admin',
};
const UNKNOWN_ID = '01KB3X7Q9D2M5P8S1V4X7Z0B3E';

const server = createTestServer();
await server.app.ready();
const document = server.app.swagger() as unknown as Document;
const routes = routesOf(document).filter(({ path }) => path.startsWith('/v1/'));
const admin = routes.filter(({ path }) => path.startsWith('/v1/admin/'));
/** The parameter, or the member of the body, that names a reservation or a payment. */
const ownedIds = Object.keys(IS_OWNED).filter((name) => IS_OWNED[name] === true);
const owned = routes
  .filter(({ path }) => !path.startsWith('/v1/admin/'))
  .filter(
    ({ path, body }) =>
      ownedIds.some((id) => path.includes(`{${id}}`)) ||
      (isRecord(body) && ownedIds.some((id) => Object.hasOwn(body, id))),
  );

let idOf: Record<string, string>;
beforeAll(async () => {
  const onSale = await putOnSale(server);
  await chargeWallet(server, 'owner', 10 * PRICE);
  const paid = await hold(server, onSale, 'owner', [1]);
  const body = { reservationId: paid.id };
  const payment = await server.call('POST /v1/payments', { as: 'owner', key: newKey(), body });
  const held = await hold(server, onSale, 'owner', [2, 3]);
  idOf = { reservationId: held.id, paymentId: payment.body.id as string };
});

it('knows of each path parameter whether it names something that a user owns', () => {
  const parameters = routes.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  expect(new Set(parameters)).toEqual(new Set(Object.keys(IS_OWNED)));
  expect(owned.length).toBeGreaterThan(4);
  expect(admin.length).toBeGreaterThan(5);
});

describe('the reservation or payment of another user', () => {
  it.each(owned)('looks to $name like an unknown one', async (route) => {
    const of = (ids: Readonly<Record<string, string>>) => call(route, ids, { as: 'stranger' });
    const unknown = Object.fromEntries(ownedIds.map((name) => [name, UNKNOWN_ID]));
    const others = await of(idOf);
    expect(refusalOf(others)).toEqual([404, 'NOT_FOUND']);
    const { instance: _, ...problem } = others.body as Record<string, unknown>;
    expect((await of(unknown)).body).toMatchObject(problem);
  });

  it('is in no list of a stranger, and is as it was for its owner', async () => {
    for (const list of ['/v1/reservations', '/v1/payments', '/v1/wallet/entries'] as const)
      expect((await server.call(`GET ${list}`, { as: 'stranger' })).body.items).toEqual([]);
    const found = await server.call(`GET /v1/reservations/${idOf['reservationId']}`, { as: 'owner' });
    expect(found.body).toMatchObject({ status: 'HELD', seatNumbers: [2, 3] });
  });
});

describe('a route with a scope', () => {
  const ids = { concertId: UNKNOWN_ID, userId: 'owner' };

  it('is each admin route', () => {
    expect(new Set(admin.map(({ name }) => name))).toEqual(new Set(Object.keys(SCOPE_OF)));
  });

  it.each(admin)('$name is refused without its scope', async (route) => {
    expect(refusalOf(await call(route, ids, {}))).toEqual([401, 'UNAUTHENTICATED']);
    const others = Object.keys(SCOPES).filter((scope) => scope !== 'admin' && scope !== SCOPE_OF[route.name]);
    expect(others).toHaveLength(SCOPE_OF[route.name] === 'admin' ? 4 : 3);
    const malformed = ['', 'administrator', 'Admin', 'admin:read', 'read,admin', 'sales', 'sales:*'];
    for (const scope of [undefined, ...malformed, ...others, others.join(' ')])
      expect(refusalOf(await call(route, ids, { as: 'owner', scope }))).toEqual([403, 'FORBIDDEN']);
  });

  it.each(admin)('$name is open to its scope and to admin', async (route) => {
    for (const scope of [SCOPE_OF[route.name] ?? '', 'admin', `openid ${SCOPE_OF[route.name]} check-in`])
      expect([401, 403]).not.toContain((await call(route, ids, { as: 'staff', scope })).status);
  });

  it.each(admin)('$name names its scopes in the document', ({ method, path, name }) => {
    const security = document.paths[path]?.[method.toLowerCase()]?.security;
    const named = security?.flatMap(({ accessToken }) => accessToken);
    expect(named).toEqual([...new Set([SCOPE_OF[name], 'admin'])]);
  });
});

it.each(routes.filter(({ name }) => needsAccessToken(name)))(
  '$name is refused without a token',
  async (route) => {
    const ids = { concertId: UNKNOWN_ID, eventId: UNKNOWN_ID, userId: 'owner', ...idOf };
    expect(refusalOf(await call(route, ids, {}))).toEqual([401, 'UNAUTHENTICATED']);
  },
);

type Caller = { readonly as?: string; readonly scope?: string | undefined };

function call(
  { method, path, body }: DocumentedRoute,
  ids: Readonly<Record<string, string>>,
  { as, scope }: Caller,
): Promise<Answer> {
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? UNKNOWN_ID);
  const filled = isRecord(body)
    ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, ids[name] ?? value]))
    : undefined;
  return server.call(`${method} ${url}`, {
    key: newKey(),
    ...(as === undefined ? {} : { as }),
    ...(scope === undefined ? {} : { scope }),
    ...(filled === undefined ? {} : { body: filled }),
  });
}

function routesOf({ paths }: Document): DocumentedRoute[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase() as Method,
      path,
      body: exampleBody(operation),
    })),
  );
}

function exampleBody({ requestBody }: Operation): unknown {
  const schema = requestBody?.content['application/json']?.schema;
  const name = schema?.$ref?.split('/').at(-1);
  const resolved = name === undefined ? schema : document.components.schemas[name];
  return resolved?.examples?.[0];
}

function needsAccessToken(name: string): boolean {
  const [method = '', path = ''] = name.split(' ');
  const security = document.paths[path]?.[method.toLowerCase()]?.security ?? [];
  return security.some((scheme) => Object.hasOwn(scheme, 'accessToken'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
