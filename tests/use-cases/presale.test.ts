import { createApplication } from '@frontrow/application/application.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { CreateSaleCodesCommand } from '@frontrow/application/use-cases/waiting-room/create-sale-codes.ts';
import { describe, expect, it } from 'vitest';
import { type ConcertOnSale, HOUR_MS } from '../support/concert-on-sale.ts';
import { environments } from '../support/environments.ts';
import { repeatWhileUnavailable } from '../support/repeat-while-unavailable.ts';
import { refused, unwrap } from '../support/results.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import { BY_STAFF } from '../support/staff.ts';

const INVALID = refused('SALE_CODE_INVALID');
const EXHAUSTED = refused('SALE_CODE_EXHAUSTED');

describe.each(environments)('a presale ($name)', ({ open }) => {
  const fixture = useSaleFixture(open);

  function openPresale(publicStartAt = fixture().ports.clock.now() + HOUR_MS): Promise<ConcertOnSale> {
    return fixture().openSale({ presale: { publicStartAt } });
  }
  const createCodes = ({ concertId }: ConcertOnSale, facts: Partial<CreateSaleCodesCommand> = {}) =>
    fixture().app.createSaleCodes({
      concertId,
      count: 1,
      usesMax: 1,
      label: null,
      validFrom: null,
      validUntil: null,
      request: null,
      by: BY_STAFF,
      ...facts,
    });
  async function createCode(sale: ConcertOnSale, facts: Partial<CreateSaleCodesCommand> = {}) {
    const [created] = unwrap(await createCodes(sale, facts)).value;
    return created!;
  }
  const join = ({ concertId }: ConcertOnSale, saleCode?: string, userId = fixture().newUser()) =>
    fixture().app.issueQueueToken({ concertId, userId, saleCode });
  const revoke = (saleCodeId: string, reason = 'leaked') =>
    fixture().app.revokeSaleCode({ saleCodeId, reason, by: BY_STAFF });
  async function usesOf({ concertId }: ConcertOnSale): Promise<readonly number[]> {
    const listed = await fixture().app.listSaleCodes(concertId, { limit: 100, cursor: null });
    return unwrap(listed).items.map(({ uses }) => uses);
  }

  it('lets in only fans with a code, and tells the others the public start', async () => {
    const publicStartAt = fixture().ports.clock.now() + HOUR_MS;
    const sale = await openPresale(publicStartAt);
    const { text } = await createCode(sale, { usesMax: 2 });
    expect(await join(sale)).toEqual(refused('SALE_CODE_REQUIRED', { publicStartAt }));
    expect(unwrap(await join(sale, text))).toMatchObject({ created: true });
    expect(unwrap(await join(sale, ` ${text.toLowerCase().replaceAll('-', ' ')}`)).created).toBe(true);
    expect(await join(sale, text)).toEqual(EXHAUSTED);
    expect(await usesOf(sale)).toEqual([2]);
    expect(await fixture().ports.waitingRoom.statistics(sale.concertId)).toMatchObject({ admittedTotal: 2 });
  });

  it('ignores codes from the public start on, and where the concert has no presale', async () => {
    const past = fixture().ports.clock.now() - 1;
    for (const sale of [await openPresale(past), await fixture().openSale()]) {
      const { text } = await createCode(sale);
      for (const sent of [undefined, text, 'no code at all'])
        expect(unwrap(await join(sale, sent)).created).toBe(true);
      expect(await usesOf(sale)).toEqual([0]);
    }
  });

  it('opens to everybody once the public start has come, or the organiser ends the presale', async () => {
    const sale = await openPresale(fixture().ports.clock.now() + 500);
    await fixture().advance(600);
    expect(unwrap(await join(sale)).created).toBe(true);
    const ended = await openPresale();
    const change = { concertId: ended.concertId, admission: {}, hold: {}, by: BY_STAFF };
    unwrap(await fixture().app.changePolicy(change));
    expect(await join(ended)).toMatchObject(refused('SALE_CODE_REQUIRED'));
    unwrap(await fixture().app.changePolicy({ ...change, presale: null }));
    expect(unwrap(await join(ended)).created).toBe(true);
  });

  it('uses a code once for a fan who joins again, at the same time or after leaving', async () => {
    const sale = await openPresale();
    const { text } = await createCode(sale);
    const userId = fixture().newUser();
    const joined = await Promise.all(Array.from({ length: 5 }, () => join(sale, text, userId)));
    const sequences = new Set(joined.map((each) => unwrap(each).status.sequence));
    expect(sequences.size).toBe(1);
    const ticket = fixture().ports.tokenSigner.verify(unwrap(joined[0]!).status.token ?? '');
    await fixture().app.leaveQueue(ticket!);
    const again = unwrap(await join(sale, text, userId));
    expect(again.created).toBe(true);
    expect(sequences).not.toContain(again.status.sequence);
    expect(await usesOf(sale)).toEqual([1]);
    expect(await join(sale, text)).toEqual(EXHAUSTED);
  });

  it('keeps the use of a fan whose join has failed, also when the time of the code is over', async () => {
    const sale = await openPresale();
    const validUntil = fixture().ports.clock.now() + 3_000;
    const { text } = await createCode(sale, { validUntil });
    const { ports } = fixture();
    const failing = createApplication({ ...ports, waitingRoom: { ...ports.waitingRoom, join: failToJoin } });
    const userId = fixture().newUser();
    const command = { concertId: sale.concertId, userId, saleCode: text };
    await expect(failing.issueQueueToken(command)).rejects.toBeInstanceOf(Unavailable);
    await fixture().advance(3_050);
    expect(await join(sale, text)).toEqual(INVALID);
    expect(unwrap(await join(sale, text, userId)).created).toBe(true);
    expect(await usesOf(sale)).toEqual([1]);
  });

  it('lets in as many of many concurrent fans as a code has uses', async () => {
    const sale = await openPresale();
    const { text } = await createCode(sale, { usesMax: 7 });
    const users = Array.from({ length: 20 }, () => fixture().newUser());
    const joined = await Promise.all(
      users.map((userId) => repeatWhileUnavailable(() => join(sale, text, userId))),
    );
    expect(joined.filter(({ ok }) => ok)).toHaveLength(7);
    expect(joined.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 13 }, () => EXHAUSTED));
    expect(await usesOf(sale)).toEqual([7]);
  });

  it('has one answer for a code that is unknown, mistyped, revoked, out of its time or of another concert', async () => {
    const [sale, other] = [await openPresale(), await openPresale()];
    const now = fixture().ports.clock.now();
    const future = await createCode(sale, { validFrom: now + HOUR_MS });
    const past = await createCode(sale, { validUntil: now });
    const elsewhere = await createCode(other);
    const revoked = await createCode(sale);
    unwrap(await revoke(revoked.saleCode.id));
    const texts = [future, past, elsewhere, revoked].map(({ text }) => text);
    for (const text of [...texts, '0000-0000-0000-0000', '', 'x'.repeat(64), "' or 1=1 --"])
      expect(await join(sale, text)).toEqual(INVALID);
    expect(await usesOf(sale)).toEqual([0, 0, 0]);
  });

  it('lets nobody in again with a revoked code, and counts the code that replaces it', async () => {
    const sale = await openPresale();
    const [revoked, next] = [await createCode(sale, { usesMax: 2 }), await createCode(sale)];
    const [userId, stranger] = [fixture().newUser(), fixture().newUser()];
    unwrap(await join(sale, revoked.text, userId));
    const { token } = unwrap(await join(sale, revoked.text, stranger)).status;
    unwrap(await revoke(revoked.saleCode.id));
    expect(await join(sale, revoked.text, userId)).toEqual(INVALID);
    expect(unwrap(await join(sale, next.text, userId)).created).toBe(false);
    expect(await join(sale, next.text, stranger)).toEqual(EXHAUSTED);
    const ticket = fixture().ports.tokenSigner.verify(token ?? '')!;
    expect(await fixture().app.getQueueStatus(ticket)).toMatchObject({ status: 'ACTIVE' });
    expect(await usesOf(sale)).toEqual([1, 1]);
  });

  it('creates codes in bulk, shows them in a replay, and stores none of them', async () => {
    const sale = await openPresale();
    const request = fixture().newRequest('staff');
    const facts = { count: 40, usesMax: 3, label: 'Fan club', request };
    const { value: created, replayed } = unwrap(await createCodes(sale, facts));
    expect(replayed).toBe(false);
    expect(new Set(created.map(({ text }) => text)).size).toBe(40);
    for (const { text, saleCode } of created) {
      expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(saleCode).toMatchObject({ label: 'Fan club', usesMax: 3, uses: 0, revokedAt: null });
    }
    expect(unwrap(await createCodes(sale, facts))).toEqual({ value: created, replayed: true });
    expect(await usesOf(sale)).toHaveLength(40);
    const claim = await fixture().ports.transact(
      async ({ idempotency }) => ({
        ok: true as const,
        value: await idempotency.claim([request]),
      }),
      { concertId: sale.concertId },
    );
    const audited = await fixture().ports.auditLogReads.list(
      { actor: null, target: `concert/${sale.concertId}`, from: null, until: null },
      { limit: 10, cursor: null },
    );
    const stored = JSON.stringify([claim, audited, unwrap(await listAll(sale))]);
    expect(stored).toContain(created[0]!.saleCode.id);
    for (const { text } of created) {
      expect(stored).not.toContain(text);
      expect(stored).not.toContain(text.replaceAll('-', ''));
    }
  });
  const listAll = ({ concertId }: ConcertOnSale) =>
    fixture().app.listSaleCodes(concertId, { limit: 100, cursor: null });

  it('revokes a code once, with its reason in the audit log', async () => {
    const sale = await openPresale();
    const { saleCode } = await createCode(sale);
    const revoked = unwrap(await revoke(saleCode.id, 'it was published'));
    expect(revoked.revokedAt).not.toBeNull();
    expect(unwrap(await revoke(saleCode.id, 'again'))).toEqual(revoked);
    const { items } = await fixture().ports.auditLogReads.list(
      { actor: null, target: `sale-code/${saleCode.id}`, from: null, until: null },
      { limit: 10, cursor: null },
    );
    expect(items).toMatchObject([{ reason: 'it was published', before: saleCode, after: revoked }]);
  });

  it('refuses unknown concerts and codes, and a time that ends before it begins', async () => {
    const id = fixture().ports.ids.next();
    const unknown = { concertId: id } as ConcertOnSale;
    expect(await createCodes(unknown)).toEqual(refused('NOT_FOUND', { what: 'concert' }));
    expect(await listAll(unknown)).toEqual(refused('NOT_FOUND', { what: 'concert' }));
    expect(await revoke(id)).toEqual(refused('NOT_FOUND', { what: 'sale code' }));
    const validity = { validFrom: 2, validUntil: 2 };
    expect(await createCodes(await openPresale(), validity)).toMatchObject(refused('VALIDATION_FAILED'));
  });
});

function failToJoin(): Promise<never> {
  return Promise.reject(new Unavailable('redis'));
}
