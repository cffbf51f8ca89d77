import type { SaleCode, SaleCodeUse } from '@frontrow/domain/waiting-room/sale-code.ts';
import { describe, expect, it } from 'vitest';
import { addConcertWithDate, newConcert, newUser } from '../shared/contract-builders.ts';
import { type OpenPorts, REFUSED, listAll, usePorts, write } from '../shared/contract-support.ts';

export function describeSaleCodesContract(
  name: string,
  open: OpenPorts<'transact' | 'saleCodeReads' | 'catalog' | 'ids'>,
): void {
  describe(`SaleCodes (${name})`, () => {
    const ports = usePorts(open);

    function newCode(facts: Partial<SaleCode> = {}): SaleCode {
      const concertId = facts.concertId ?? newConcert(ports()).id;
      const own = { id: ports().ids.nextIn(concertId), concertId };
      const always = { validFrom: null, validUntil: null, revokedAt: null };
      return { ...own, ...always, label: null, usesMax: 2, uses: 0, createdAt: 1_000, ...facts };
    }
    async function addCode(facts: Partial<SaleCode> = {}): Promise<SaleCode> {
      const saleCode = newCode(facts);
      await write(ports(), ({ saleCodes }) => saleCodes.add([{ saleCode, digest: digestOf(saleCode) }]));
      return saleCode;
    }
    const find = async (id: string) =>
      (await write(ports(), ({ saleCodes }) => saleCodes.lock(id)))?.saleCode ?? null;
    const findUse = (concertId: string, userId: string) =>
      write(ports(), ({ saleCodes }) => saleCodes.findUse(concertId, userId));
    const countUse = (use: SaleCodeUse, replaced: string | null = null) =>
      write(ports(), ({ saleCodes }) => saleCodes.countUse(use, replaced));
    const revoke = (id: string) => write(ports(), ({ saleCodes }) => saleCodes.revoke(id, 2_000));

    it('locks a code by its id, and by the digest of its text in its concert', async () => {
      const saleCode = await addCode({ label: 'Fan club', validFrom: 1_500, validUntil: 2_500 });
      const byDigest = (concertId: string, digest: string) =>
        write(ports(), ({ saleCodes }) => saleCodes.lockByDigest(concertId, digest));
      const locked = await byDigest(saleCode.concertId, digestOf(saleCode));
      expect(locked?.saleCode).toEqual(saleCode);
      expect(locked?.asOf).toBeGreaterThan(saleCode.createdAt);
      expect(await find(saleCode.id)).toEqual(saleCode);
      expect(await byDigest(newConcert(ports()).id, digestOf(saleCode))).toBeNull();
      expect(await byDigest(saleCode.concertId, digestOf(newCode()))).toBeNull();
      expect(await find(ports().ids.next())).toBeNull();
    });

    it('adds many codes at once, and none of them where one has the digest of another', async () => {
      const { concertId } = newCode();
      const codes = Array.from({ length: 300 }, () => newCode({ concertId }));
      const stored = codes.map((saleCode) => ({ saleCode, digest: digestOf(saleCode) }));
      await write(ports(), ({ saleCodes }) => saleCodes.add(stored));
      const list = () => listAll((page) => ports().saleCodeReads.list(concertId, page), 100);
      expect(await list()).toEqual(codes.toReversed());
      const more = [newCode({ concertId }), newCode({ concertId })];
      const adding = write(ports(), ({ saleCodes }) =>
        saleCodes.add(more.map((saleCode) => ({ saleCode, digest: stored[0]!.digest }))),
      );
      await expect(adding).rejects.toBeInstanceOf(Error);
      expect(await list()).toHaveLength(300);
    });

    it('lists the codes of a concert with their uses, newest first', async () => {
      const first = await addCode();
      const [second] = [await addCode({ concertId: first.concertId }), await addCode()];
      await countUse(useOf(first, newUser(ports())));
      const { items } = await ports().saleCodeReads.list(first.concertId, { limit: 10, cursor: null });
      expect(items).toEqual([second, { ...first, uses: 1 }]);
    });

    it('counts a use of a user once in a concert, whichever code it is of', async () => {
      const code = await addCode();
      const [other, elsewhere] = [await addCode({ concertId: code.concertId }), await addCode()];
      const userId = newUser(ports());
      expect(await findUse(code.concertId, userId)).toBeNull();
      await countUse(useOf(code, userId));
      for (const repeated of [code, other]) await countUse(useOf(repeated, userId));
      await countUse(useOf(elsewhere, userId));
      expect(await findUse(code.concertId, userId)).toEqual({ saleCodeId: code.id, isRevoked: false });
      for (const [{ id }, uses] of [
        [code, 1],
        [other, 0],
        [elsewhere, 1],
      ] as const)
        expect((await find(id))?.uses).toBe(uses);
    });

    it('counts many concurrent uses of one user once', async () => {
      const code = await addCode({ usesMax: 10 });
      const codes = [code, await addCode({ concertId: code.concertId, usesMax: 10 })];
      const userId = newUser(ports());
      await Promise.all(Array.from({ length: 10 }, (_, index) => countUse(useOf(codes[index % 2]!, userId))));
      const counted = await Promise.all(codes.map(({ id }) => find(id)));
      expect(new Set(counted.map((found) => found?.uses))).toEqual(new Set([0, 1]));
    });

    it('replaces the use of a revoked code, once', async () => {
      const revoked = await addCode();
      const code = await addCode({ concertId: revoked.concertId });
      const userId = newUser(ports());
      await countUse(useOf(revoked, userId));
      await revoke(revoked.id);
      expect(await find(revoked.id)).toEqual({ ...revoked, uses: 1, revokedAt: 2_000 });
      expect(await findUse(code.concertId, userId)).toEqual({ saleCodeId: revoked.id, isRevoked: true });
      for (let repeat = 0; repeat < 2; repeat += 1) await countUse(useOf(code, userId), revoked.id);
      expect(await findUse(code.concertId, userId)).toEqual({ saleCodeId: code.id, isRevoked: false });
      expect((await find(code.id))?.uses).toBe(1);
      expect((await find(revoked.id))?.uses).toBe(0);
    });

    it('decides on what was committed while it waited for the lock of the code', async () => {
      const code = await addCode();
      const userId = newUser(ports());
      const { promise: isLocked, resolve: locked } = Promise.withResolvers<void>();
      const first = write(ports(), async ({ saleCodes }) => {
        await saleCodes.lockByDigest(code.concertId, digestOf(code));
        locked();
        await saleCodes.countUse(useOf(code, userId), null);
      });
      await isLocked;
      const second = write(ports(), async ({ saleCodes }) => [
        (await saleCodes.lockByDigest(code.concertId, digestOf(code)))?.saleCode.uses,
        await saleCodes.findUse(code.concertId, userId),
      ]);
      await first;
      expect(await second).toEqual([1, { saleCodeId: code.id, isRevoked: false }]);
    });

    it('stores nothing of a rolled-back transaction', async () => {
      const code = await addCode();
      const [added, userId] = [newCode(), newUser(ports())];
      await ports().transact(async ({ saleCodes }) => {
        await saleCodes.add([{ saleCode: added, digest: digestOf(added) }]);
        await saleCodes.countUse(useOf(code, userId), null);
        await saleCodes.revoke(code.id, 2_000);
        return REFUSED;
      }, 'STAFF');
      expect(await find(added.id)).toBeNull();
      expect(await find(code.id)).toEqual(code);
      expect(await findUse(code.concertId, userId)).toBeNull();
    });

    it('removes the codes of a concert that is deleted, with their uses', async () => {
      const { concert } = await addConcertWithDate(ports());
      const [code, other] = [await addCode({ concertId: concert.id }), await addCode()];
      const userId = newUser(ports());
      for (const used of [code, other]) await countUse(useOf(used, userId));
      await write(ports(), async ({ concerts }) => {
        await concerts.lockConcert(concert.id);
        expect(await concerts.removeConcert(concert.id)).toBe(true);
      });
      expect(await find(code.id)).toBeNull();
      expect(await findUse(concert.id, userId)).toBeNull();
      expect((await find(other.id))?.uses).toBe(1);
    });
  });
}

function digestOf({ id }: SaleCode): string {
  return id.padStart(64, '0').toLowerCase();
}

function useOf({ id: saleCodeId, concertId }: SaleCode, userId: string): SaleCodeUse {
  return { concertId, userId, saleCodeId, usedAt: 1_500 };
}
