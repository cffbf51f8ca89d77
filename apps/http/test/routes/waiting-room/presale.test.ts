import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, refusalOf } from '../../support/caller.ts';
import { ADMIN, type OnSale, newKey, putOnSale } from '../../support/scenario.ts';
import { START, type TestServer, createTestServer } from '../../support/test-server.ts';

const PUBLIC_START = '2026-12-01T12:00:00.000Z';

describe('a presale', () => {
  let server: TestServer;
  let sale: OnSale;
  const path = () => `/v1/admin/concerts/${sale.concertId}` as const;
  const create = (body: object, key = newKey()) =>
    server.call(`POST ${path()}/sale-codes`, { ...ADMIN, key, body });
  const join = (as: string, body?: object) =>
    server.call(`POST /v1/concerts/${sale.concertId}/queue-tokens`, { as, body });

  beforeEach(async () => {
    server = createTestServer();
    sale = await putOnSale(server);
    const body = { presale: { publicStartAt: '2026-12-01T21:00:00+09:00' } };
    await server.call(`PATCH ${path()}/policy`, { ...ADMIN, body });
  });

  it('is a member of the policy that other changes keep, and null ends', async () => {
    const patch = async (body: object) =>
      (await server.call(`PATCH ${path()}/policy`, { ...ADMIN, body })).body;
    expect(await patch({ hold: { ttlMs: 100 } })).toMatchObject({
      presale: { publicStartAt: PUBLIC_START },
    });
    expect((await server.call(`GET ${path()}/policy`, ADMIN)).body.presale).toEqual({
      publicStartAt: PUBLIC_START,
    });
    expect(await patch({ presale: null })).toMatchObject({ presale: null });
    expect((await join('fan')).status).toBe(201);
  });

  it('refuses a join without a code with the public start, and lets everybody in from then on', async () => {
    for (const body of [undefined, {}])
      expect(await join('fan', body)).toMatchObject({
        status: 403,
        body: { code: 'SALE_CODE_REQUIRED', publicStartAt: PUBLIC_START },
      });
    server.clock.advance(Date.parse(PUBLIC_START) - START - 1);
    expect(refusalOf(await join('fan'))).toEqual([403, 'SALE_CODE_REQUIRED']);
    server.clock.advance(1);
    expect((await join('fan')).status).toBe(201);
    expect((await join('another', { code: 'anything' })).status).toBe(201);
  });

  it('lets fans in with a code, each once, until its uses are taken', async () => {
    const [code] = codesOf(await create({ count: 1, usesMax: 1 }));
    expect((await join('fan', { code })).status).toBe(201);
    expect((await join('fan', { code: code!.toLowerCase() })).status).toBe(200);
    expect(refusalOf(await join('another', { code }))).toEqual([409, 'SALE_CODE_EXHAUSTED']);
    expect(refusalOf(await join('another', { code: `${code}1` }))).toEqual([422, 'SALE_CODE_INVALID']);
  });

  it('takes a code as a text, and no other member', async () => {
    for (const [body, pointer] of [
      [{ code: '' }, '/code'],
      [{ code: 7 }, '/code'],
      [{ code: null }, '/code'],
      [{ code: 'x'.repeat(65) }, '/code'],
      [{ saleCode: 'x' }, '/saleCode'],
    ] as const) {
      const refused = await join('fan', body);
      expect(refusalOf(refused)).toEqual([400, 'VALIDATION_FAILED']);
      expect(refused.body.errors).toMatchObject([{ pointer }]);
    }
  });

  it('has codes that are shown when they are created, and in a replay, and nowhere else', async () => {
    const body = { count: 3, usesMax: 2, label: 'Fan club', validUntil: PUBLIC_START };
    const created = await create(body, 'the-key');
    expect(created.status).toBe(201);
    const codes = codesOf(created);
    expect(new Set(codes).size).toBe(3);
    const replayed = await create(body, 'the-key');
    expect(replayed).toMatchObject({ status: 201, body: created.body });
    expect(replayed.headers['idempotent-replayed']).toBe('true');
    expect(refusalOf(await create({ ...body, count: 4 }, 'the-key'))).toEqual([
      422,
      'IDEMPOTENCY_KEY_REUSED',
    ]);

    await join('fan', { code: codes[0] });
    const first = await server.call(`GET ${path()}/sale-codes?limit=2`, ADMIN);
    const rest = await server.call(`GET ${path()}/sale-codes?limit=2&cursor=${first.body.nextCursor}`, ADMIN);
    const listed = [...first.body.items, ...rest.body.items];
    const shown = created.body.items.map((item: object) => ({ ...item, code: undefined }));
    expect(listed).toEqual([shown[2], shown[1], { ...shown[0], uses: 1 }]);
    const audit = await server.call('GET /v1/admin/audit-log', ADMIN);
    const elsewhere = [JSON.stringify([listed, audit.body]), ...server.logs].join('\n');
    for (const code of codes) expect(elsewhere).not.toContain(code);
    expect(audit.body.items[0]).toMatchObject({
      target: `concert/${sale.concertId}`,
      after: { label: 'Fan club', usesMax: 2 },
    });
  });

  it('has codes that staff revoke for good, with a reason', async () => {
    const created = await create({ count: 1, usesMax: 5 });
    const [{ id, code }] = created.body.items;
    const revoke = (body: object) =>
      server.call(`POST /v1/admin/sale-codes/${id}/revoke`, { ...ADMIN, body });
    expect(refusalOf(await revoke({}))).toEqual([400, 'VALIDATION_FAILED']);
    const revoked = await revoke({ reason: 'It was published' });
    expect(revoked).toMatchObject({ status: 200, body: { id, revokedAt: new Date(START).toISOString() } });
    expect(revoked.body).not.toHaveProperty('code');
    server.clock.advance(1_000);
    expect((await revoke({ reason: 'again' })).body).toEqual(revoked.body);
    expect(refusalOf(await join('fan', { code }))).toEqual([422, 'SALE_CODE_INVALID']);
  });

  it('names nothing of a code in the answer and the logs of a refusal', async () => {
    const secret = 'SECR-ETSE-CRET-SECR';
    for (const body of [{ code: secret }, { code: secret.repeat(9) }, { code: [secret] }, { [secret]: 1 }])
      server.logs.push(JSON.stringify(await join('fan', body)).replace(`/${secret}`, ''));
    expect(server.logs.join('\n')).not.toContain(secret);
  });
});

function codesOf({ body }: Answer): string[] {
  return body.items.map(({ code }: { code: string }) => code);
}
