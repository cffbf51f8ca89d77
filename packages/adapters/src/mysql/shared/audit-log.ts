import type { AuditEntry, AuditLog, AuditLogReads } from '@frontrow/application/ports/shared/audit-log.ts';
import type { Kysely, Selectable } from 'kysely';
import { fromInstant, statementClock, toInstant } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlAuditLog(db: Kysely<Database>): AuditLog {
  return {
    async append({ by, target, before, after, reason = null }) {
      await db
        .insertInto('audit_log')
        .values({
          created_at: statementClock,
          actor: by.actor,
          route: by.route,
          request_id: by.requestId,
          target,
          reason,
          state_before: JSON.stringify(before),
          state_after: JSON.stringify(after),
        })
        .execute();
    },
  };
}

export function createMysqlAuditLogReads(db: Kysely<Database>): AuditLogReads {
  return {
    async list({ actor, target, from, until }, page) {
      const last = page.cursor === null ? null : readCursor(page.cursor);
      if (last === undefined) return { items: [], nextCursor: null };
      let entries = db.selectFrom('audit_log').selectAll();
      if (actor !== null) entries = entries.where('actor', '=', actor);
      if (target !== null) entries = entries.where('target', '=', target);
      if (from !== null) entries = entries.where('created_at', '>=', fromInstant(from));
      if (until !== null) entries = entries.where('created_at', '<', fromInstant(until));
      if (last !== null)
        entries = entries
          .where('created_at', '<=', last.at)
          .where((eb) => eb.or([eb('created_at', '<', last.at), eb('id', '<', last.id)]));
      const rows = await entries
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, (row) => `${toInstant(row.created_at)}:${row.id}`, toEntry);
    },
  };
}

/** The time and the id of the last entry of the page before; undefined for a malformed cursor. */
function readCursor(cursor: string): { at: Date; id: string } | undefined {
  const [, at, id] = /^(\d{1,14}):(\d{1,18})$/.exec(cursor) ?? [];
  return at === undefined || id === undefined ? undefined : { at: fromInstant(Number(at)), id };
}

function toEntry(row: Selectable<Database['audit_log']>): AuditEntry {
  return {
    id: row.id,
    at: toInstant(row.created_at),
    actor: row.actor,
    route: row.route,
    requestId: row.request_id,
    target: row.target,
    reason: row.reason,
    before: row.state_before,
    after: row.state_after,
  };
}
