import { WEBHOOK_ENDPOINTS_MAX } from '@frontrow/domain/webhooks/endpoint.ts';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { ADMIN } from '../../support/scenario.ts';
import { START, createTestServer } from '../../support/test-server.ts';

const ENDPOINTS = '/v1/admin/webhook-endpoints';
const URL = 'https://example.org/hooks';
const NEW = { url: URL, eventTypes: ['payment.completed'] };
const SECRET = /^whsec_[A-Za-z0-9+/]{43}=$/;

describe('the routes of webhooks', () => {
  it('show the secret of an endpoint when it is created or rotated, and never again', async () => {
    const { call, logs } = createTestServer();
    const created = await call(`POST ${ENDPOINTS}`, { ...ADMIN, body: NEW });
    const { secret, ...endpoint } = created.body;
    expect(created).toMatchObject({ status: 201, headers: { location: `${ENDPOINTS}/${endpoint.id}` } });
    expect(secret).toMatch(SECRET);
    expect(endpoint).toEqual({
      id: endpoint.id,
      url: URL,
      description: '',
      eventTypes: ['payment.completed'],
      enabled: true,
      disabledReason: null,
      failingSince: null,
      createdAt: new Date(START).toISOString(),
    });
    const one = `${ENDPOINTS}/${endpoint.id}` as const;
    expect((await call(`GET ${one}`, ADMIN)).body).toEqual(endpoint);
    expect((await call(`GET ${ENDPOINTS}`, ADMIN)).body).toEqual({ items: [endpoint], nextCursor: null });
    const rotated = await call(`POST ${one}/rotate-secret`, ADMIN);
    expect(rotated.body.secret).toMatch(SECRET);
    expect(rotated.body.secret).not.toBe(secret);
    const { items: acts } = (await call('GET /v1/admin/audit-log', ADMIN)).body;
    expect(acts).toMatchObject([{ target: `webhook/${endpoint.id}` }, { target: `webhook/${endpoint.id}` }]);
    for (const text of [JSON.stringify(acts), logs.join('')]) expect(text).not.toContain('whsec_');
  });

  it('change, disable, enable and delete an endpoint', async () => {
    const { call } = createTestServer();
    const { id } = (await call(`POST ${ENDPOINTS}`, { ...ADMIN, body: NEW })).body;
    const one = `${ENDPOINTS}/${id}` as const;
    const changed = await call(`PATCH ${one}`, {
      ...ADMIN,
      body: { description: 'The box office', eventTypes: ['reservation.held'], enabled: false },
    });
    expect(changed.body).toMatchObject({
      url: URL,
      description: 'The box office',
      eventTypes: ['reservation.held'],
      enabled: false,
      disabledReason: 'BY_ORGANISER',
    });
    expect((await call(`PATCH ${one}`, { ...ADMIN, body: { enabled: true } })).body).toMatchObject({
      enabled: true,
      disabledReason: null,
    });
    expect((await call(`DELETE ${one}`, ADMIN)).status).toBe(204);
    expect(refusalOf(await call(`DELETE ${one}`, ADMIN))).toEqual([404, 'NOT_FOUND']);
  });

  it('send a test message, and show its delivery', async () => {
    const { call, application } = createTestServer();
    const { id } = (await call(`POST ${ENDPOINTS}`, { ...ADMIN, body: NEW })).body;
    const one = `${ENDPOINTS}/${id}` as const;
    const { status, body: sent } = await call(`POST ${one}/test`, ADMIN);
    expect(status).toBe(202);
    await application.relayOutbox();
    const delivery = {
      messageId: sent.messageId,
      type: 'webhook.test',
      occurredAt: new Date(START).toISOString(),
      status: 'PENDING',
      attemptCount: 0,
      nextAttemptAt: new Date(START).toISOString(),
    };
    expect((await call(`GET ${one}/deliveries?status=PENDING`, ADMIN)).body.items).toEqual([delivery]);
    expect((await call(`GET ${one}/deliveries?status=FAILED`, ADMIN)).body.items).toEqual([]);
    const found = await call(`GET ${one}/deliveries/${sent.messageId}`, ADMIN);
    expect(found.body).toMatchObject({ ...delivery, attempts: [] });
    expect(JSON.parse(found.body.body)).toMatchObject({ type: 'webhook.test', data: { endpointId: id } });
    expect((await call(`POST ${one}/deliveries/${sent.messageId}/redeliver`, ADMIN)).status).toBe(202);
    const range = { from: '2026-12-01T00:00:00Z', to: '2026-12-02T00:00:00Z' };
    const replayed = await call(`POST ${one}/replay`, { ...ADMIN, body: range });
    expect(replayed).toMatchObject({ status: 202, body: { messageCount: 0, nextCursor: null } });
    const body = { ...range, cursor: 'of another list' };
    const refused = await call(`POST ${one}/replay`, { ...ADMIN, body });
    expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer: '/cursor' }] });
  });

  it.each([
    [{ ...NEW, url: 'http://example.org' }, '/url'],
    [{ ...NEW, url: 'https://user:secret@example.org' }, '/url'],
    [{ ...NEW, url: 'example.org' }, '/url'],
    [{ ...NEW, eventTypes: [] }, '/eventTypes'],
    [{ ...NEW, eventTypes: ['payment.completed', 'payment.completed'] }, '/eventTypes'],
    [{ ...NEW, eventTypes: ['webhook.test'] }, '/eventTypes/0'],
    [{ ...NEW, secret: 'whsec_b3du' }, '/secret'],
    [{ ...NEW, description: 'a\u0000b' }, '/description'],
  ])('refuse the endpoint %j', async (body, pointer) => {
    const { call } = createTestServer();
    const refused = await call(`POST ${ENDPOINTS}`, { ...ADMIN, body });
    expect(refusalOf(refused)).toEqual([400, 'VALIDATION_FAILED']);
    expect(refused.body.errors).toMatchObject([{ pointer }]);
  });

  it('refuse a range that ends before it begins, and one endpoint too many', async () => {
    const { call } = createTestServer();
    const { id } = (await call(`POST ${ENDPOINTS}`, { ...ADMIN, body: NEW })).body;
    const range = { from: '2026-12-02T00:00:00Z', to: '2026-12-01T00:00:00Z' };
    const refused = await call(`POST ${ENDPOINTS}/${id}/replay`, { ...ADMIN, body: range });
    expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer: '/to' }] });
    for (let count = 1; count < WEBHOOK_ENDPOINTS_MAX; count += 1)
      await call(`POST ${ENDPOINTS}`, { ...ADMIN, body: NEW });
    const tooMany = await call(`POST ${ENDPOINTS}`, { ...ADMIN, body: NEW });
    expect(tooMany.body).toMatchObject({
      code: 'WEBHOOK_ENDPOINT_LIMIT',
      endpointsMax: WEBHOOK_ENDPOINTS_MAX,
    });
  });

  it('need keys to encrypt the secrets', async () => {
    const { call } = createTestServer({ replacePorts: (ports) => ({ ...ports, newWebhookSecret: null }) });
    const refused = await call(`POST ${ENDPOINTS}`, { ...ADMIN, body: NEW });
    expect(refusalOf(refused)).toEqual([409, 'WEBHOOKS_NOT_CONFIGURED']);
  });
});
