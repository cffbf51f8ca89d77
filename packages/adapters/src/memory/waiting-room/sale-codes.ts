import type { SaleCodeReads, SaleCodes } from '@frontrow/application/ports/waiting-room/sale-codes.ts';
import type { SaleCodeId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { SaleCode } from '@frontrow/domain/waiting-room/sale-code.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { keyOf, rowsOf } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';

export function createMemorySaleCodeReads({ tables }: Pick<MemoryView, 'tables'>): SaleCodeReads {
  return {
    async list(concertId, page) {
      const codes = [...rowsOf(tables.saleCodes)].filter((code) => code.concertId === concertId);
      return paginateById(codes, page, 'NEWEST_FIRST');
    },
  };
}

export function createMemorySaleCodes({ tables, clock }: MemoryView): SaleCodes {
  const { saleCodes, saleCodeDigests, saleCodeUses } = tables;
  const lock: SaleCodes['lock'] = async (id) => {
    const saleCode = saleCodes.get(id);
    return saleCode === undefined ? null : { saleCode, asOf: clock.now() };
  };
  return {
    async add(codes) {
      for (const { saleCode, digest } of codes) {
        saleCodes.insert(saleCode.id, saleCode);
        saleCodeDigests.insert(keyOf(saleCode.concertId, digest), saleCode.id);
      }
    },
    lock,
    async lockByDigest(concertId, digest) {
      const id = saleCodeDigests.get(keyOf(concertId, digest));
      return id === undefined ? null : lock(id);
    },
    async findUse(concertId, userId) {
      const use = saleCodeUses.get(keyOf(concertId, userId));
      if (use === undefined) return null;
      const { saleCodeId } = use;
      return { saleCodeId, isRevoked: codeOf(tables, saleCodeId).revokedAt !== null };
    },
    async countUse(use, replaced) {
      const key = keyOf(use.concertId, use.userId);
      if ((saleCodeUses.get(key)?.saleCodeId ?? null) !== replaced) return;
      saleCodeUses.put(key, use);
      count(tables, use.saleCodeId, 1);
      if (replaced !== null) count(tables, replaced, -1);
    },
    async revoke(id, revokedAt) {
      saleCodes.put(id, { ...codeOf(tables, id), revokedAt });
    },
  };
}

function count(tables: Tables, id: SaleCodeId, change: 1 | -1): void {
  const code = codeOf(tables, id);
  tables.saleCodes.put(id, { ...code, uses: code.uses + change });
}

function codeOf({ saleCodes }: Tables, id: SaleCodeId): SaleCode {
  const code = saleCodes.get(id);
  invariant(code !== undefined, `there is no sale code ${id}`);
  return code;
}
