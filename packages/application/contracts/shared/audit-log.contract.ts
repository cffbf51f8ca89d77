import { describe, expect, it } from 'vitest';
import type { AdminRequest, AuditFilter } from '../../src/ports/shared/audit-log.ts';
import { newUser } from './contract-builders.ts';
import { type OpenPorts, REFUSED, listAll, usePorts, write } from './contract-support.ts';

const ANY: AuditFilter = { actor: null, target: null, from: null, until: null };

export function describeAuditLogContract(
  name: string,
  open: OpenPorts<'transact' | 'auditLogReads' | 'ids'>,
): void {
  describe(`AuditLog (${name})`, () => {
    const ports = usePorts(open);
    const newAct = (actor = newUser(ports()), target = ports().ids.next()) => ({
      by: { actor, route: 'PATCH /v1/admin/concerts/:concertId/policy', requestId: 'r-1' } as AdminRequest,
      target: `concert/${target}` as const,
      before: { hold: { ttlMs: 1 }, names: ['Ä', "'; --"] },
      after: { hold: { ttlMs: 2 }, names: [] },
    });
    const append = (act: ReturnType<typeof newAct> & { readonly reason?: string }) =>
      write(ports(), ({ auditLog }) => auditLog.append(act));
    const list = (filter: Partial<AuditFilter>, limit = 100) =>
      listAll((page) => ports().auditLogReads.list({ ...ANY, ...filter }, page), limit);

    it('keeps every member of an act, with the time of the database', async () => {
      const act = newAct();
      await append({ ...act, reason: 'asked for by the venue' });
      await write(ports(), ({ auditLog }) => auditLog.append({ ...act, before: null, after: null }));
      const [second, first] = await list({ actor: act.by.actor });
      const at = expect.any(Number) as number;
      const id = expect.any(String) as string;
      const { by, ...changed } = act;
      expect(first).toEqual({ ...by, ...changed, id, at, reason: 'asked for by the venue' });
      expect(second).toEqual({ ...by, target: act.target, before: null, after: null, id, at, reason: null });
    });

    it('writes nothing of a rolled-back transaction', async () => {
      const act = newAct();
      await ports().transact(async ({ auditLog }) => {
        await auditLog.append(act);
        return REFUSED;
      }, 'STAFF');
      expect(await list({ actor: act.by.actor })).toEqual([]);
    });

    it('lists newest first, in pages that lose and repeat nothing, also within one millisecond', async () => {
      const actor = newUser(ports());
      await write(ports(), async ({ auditLog }) => {
        for (let n = 1; n <= 7; n += 1) await auditLog.append(newAct(actor, `${n}`));
      });
      const newestFirst = [7, 6, 5, 4, 3, 2, 1].map((n) => `concert/${n}`);
      for (const limit of [1, 3, 100])
        expect((await list({ actor }, limit)).map(({ target }) => target)).toEqual(newestFirst);
    });

    it('filters by actor, target and time, and by several of them at once', async () => {
      const actor = newUser(ports());
      const [one, other] = [newAct(actor), newAct(actor)];
      await append(one);
      await append(other);
      await append(newAct(newUser(ports()), one.target.slice('concert/'.length)));
      expect(await list({ target: one.target })).toHaveLength(2);
      const [entry] = await list({ actor, target: one.target });
      expect(await list({ actor, target: one.target })).toHaveLength(1);
      const { at } = entry!;
      const both = { actor, target: one.target };
      expect(await list({ ...both, from: at, until: at + 1 })).toHaveLength(1);
      expect(await list({ ...both, from: at + 1 })).toEqual([]);
      expect(await list({ ...both, until: at })).toEqual([]);
    });

    it('has no entry after a malformed cursor', async () => {
      const { items } = await ports().auditLogReads.list(ANY, { limit: 10, cursor: '' });
      expect(items).toEqual([]);
    });
  });
}
