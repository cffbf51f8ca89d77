import type {
  LockedSaleCode,
  SaleCodeReads,
  SaleCodes,
} from '@frontrow/application/ports/waiting-room/sale-codes.ts';
import type { SaleCodeId } from '@frontrow/domain/shared/ids.ts';
import type { SaleCode, SaleCodeUse } from '@frontrow/domain/waiting-room/sale-code.ts';
import { type Kysely, type Selectable, sql } from 'kysely';
import { fromInstant, rowClock, toInstant } from '../connection/columns.ts';
import { isDuplicate } from '../connection/faults.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { deferSql, runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

/** In the order of the list: the key of the digests begins with the concert as well, and would have to be sorted. */
const CODES_BY_CONCERT = sql<Database['sale_code']>`sale_code`.as<'sale_code'>(
  sql`sale_code force index (sale_code_by_concert)`,
);

export function createMysqlSaleCodeReads(db: Kysely<Database>): SaleCodeReads {
  return {
    async list(concertId, page) {
      const { cursor } = page;
      const rows = await db
        .selectFrom(CODES_BY_CONCERT)
        .selectAll()
        .where('concert_id', '=', concertId)
        .$if(cursor !== null, (query) => query.where('id', '<', cursor))
        .orderBy('id', 'desc')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, ({ id }) => id, toSaleCode);
    },
  };
}

export function createMysqlSaleCodes(db: Kysely<Database>): SaleCodes {
  const locked = () => db.selectFrom('sale_code').selectAll().select(rowClock.as('as_of')).forUpdate();
  return {
    async add(codes) {
      const rows = codes.map(({ saleCode, digest }) => [
        saleCode.id,
        saleCode.concertId,
        digest,
        saleCode.label,
        saleCode.usesMax,
        saleCode.validFrom === null ? null : fromInstant(saleCode.validFrom),
        saleCode.validUntil === null ? null : fromInstant(saleCode.validUntil),
        fromInstant(saleCode.createdAt),
      ]);
      await runSql(db, INSERT, [rows]);
    },
    lock: async (id) => toLocked(await locked().where('id', '=', id).executeTakeFirst()),
    async lockByDigest(concertId, digest) {
      const row = await locked()
        .where('concert_id', '=', concertId)
        .where('code_digest', '=', digest)
        .executeTakeFirst();
      return toLocked(row);
    },
    async findUse(concertId, userId) {
      const row = await db
        .selectFrom('sale_code_use as use')
        .innerJoin('sale_code as code', 'code.id', 'use.sale_code_id')
        .select(['use.sale_code_id', 'code.revoked_at'])
        .where('use.concert_id', '=', concertId)
        .where('use.user_id', '=', userId)
        .executeTakeFirst();
      return row === undefined ? null : { saleCodeId: row.sale_code_id, isRevoked: row.revoked_at !== null };
    },
    async countUse(use, replaced) {
      const isWritten = replaced === null ? await insertUse(db, use) : await replaceUse(db, use, replaced);
      if (!isWritten) return;
      await deferSql(db, COUNT_MORE, [use.saleCodeId], 1);
      if (replaced !== null) await deferSql(db, COUNT_LESS, [replaced], 1);
    },
    async revoke(id, revokedAt) {
      await db
        .updateTable('sale_code')
        .set({ revoked_at: fromInstant(revokedAt) })
        .where('id', '=', id)
        .execute();
    },
  };
}

const INSERT = `insert into sale_code
  (id, concert_id, code_digest, label, uses_max, valid_from, valid_until, created_at) values ?`;

/** The condition keeps the limit even where the caller has not locked the code. */
const COUNT_MORE = 'update sale_code set uses = uses + 1 where id = ? and uses < uses_max';
const COUNT_LESS = 'update sale_code set uses = uses - 1 where id = ?';

/** Whether the user had no use before. */
async function insertUse(db: Kysely<Database>, use: SaleCodeUse): Promise<boolean> {
  const { concertId, userId, saleCodeId, usedAt } = use;
  try {
    await db
      .insertInto('sale_code_use')
      .values({
        concert_id: concertId,
        user_id: userId,
        sale_code_id: saleCodeId,
        used_at: fromInstant(usedAt),
      })
      .execute();
    return true;
  } catch (error) {
    if (isDuplicate(error, 'PRIMARY')) return false;
    throw error;
  }
}

/** Whether the use of the user was that of the replaced code. */
async function replaceUse(db: Kysely<Database>, use: SaleCodeUse, replaced: SaleCodeId): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sale_code_use')
    .set({ sale_code_id: use.saleCodeId, used_at: fromInstant(use.usedAt) })
    .where('concert_id', '=', use.concertId)
    .where('user_id', '=', use.userId)
    .where('sale_code_id', '=', replaced)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

type Row = Selectable<Database['sale_code']>;

function toLocked(row: (Row & { readonly as_of: Date }) | undefined): LockedSaleCode | null {
  return row === undefined ? null : { saleCode: toSaleCode(row), asOf: toInstant(row.as_of) };
}

function toSaleCode(row: Row): SaleCode {
  return {
    id: row.id,
    concertId: row.concert_id,
    label: row.label,
    usesMax: row.uses_max,
    uses: row.uses,
    validFrom: row.valid_from === null ? null : toInstant(row.valid_from),
    validUntil: row.valid_until === null ? null : toInstant(row.valid_until),
    revokedAt: row.revoked_at === null ? null : toInstant(row.revoked_at),
    createdAt: toInstant(row.created_at),
  };
}
