import type {
  LayoutTemplateReads,
  LayoutTemplates,
} from '@frontrow/application/ports/halls/layout-templates.ts';
import type { LayoutTemplate } from '@frontrow/domain/halls/layout-template.ts';
import type { Kysely, Selectable } from 'kysely';
import { fromInstant, toInstant } from '../connection/columns.ts';
import { isDuplicate } from '../connection/faults.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import type { Database } from '../schema/schema.ts';
import { type LayoutDocument, readDocument, writeDocument } from './layout-document.ts';

/** All but the document. */
const FACTS = ['id', 'name', 'version', 'seat_count', 'created_at', 'updated_at'] as const;

export function createMysqlLayoutTemplateReads(db: Kysely<Database>): LayoutTemplateReads {
  return {
    async list(page) {
      const { cursor } = page;
      const rows = await db
        .selectFrom('layout_template')
        .select(FACTS)
        .$if(cursor !== null, (query) => query.where('id', '>', cursor))
        .orderBy('id')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, ({ id }) => id, toTemplate);
    },
    async find(id) {
      const row = await db
        .selectFrom('layout_template')
        .select([...FACTS, 'document'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined
        ? null
        : { template: toTemplate(row), layout: await readDocument(row.document) };
    },
  };
}

export function createMysqlLayoutTemplates(db: Kysely<Database>): LayoutTemplates {
  return {
    async add(template, layout) {
      const written = await writeDocument(layout);
      return write(written, () =>
        db
          .insertInto('layout_template')
          .values({
            id: template.id,
            created_at: fromInstant(template.createdAt),
            ...columnsOf(template),
            ...written,
          })
          .execute(),
      );
    },
    async lock(id) {
      const row = await db
        .selectFrom('layout_template')
        .select([...FACTS, 'digest'])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return row === undefined
        ? null
        : { template: toTemplate(row), layoutDigest: row.digest.toString('hex') };
    },
    async save(template, layout) {
      const written = await writeDocument(layout);
      return write(written, () =>
        db
          .updateTable('layout_template')
          .set({ ...columnsOf(template), ...written })
          .where('id', '=', template.id)
          .execute(),
      );
    },
    async remove(id) {
      await db.deleteFrom('layout_template').where('id', '=', id).execute();
    },
  };
}

/** Returns the digest; null where another template has the name. */
async function write({ digest }: LayoutDocument, statement: () => Promise<unknown>): Promise<string | null> {
  try {
    await statement();
    return digest.toString('hex');
  } catch (error) {
    if (isDuplicate(error, 'layout_template_name')) return null;
    throw error;
  }
}

function columnsOf({ name, version, seatCount, updatedAt }: LayoutTemplate) {
  return { name, version, seat_count: seatCount, updated_at: fromInstant(updatedAt) };
}

type Row = Pick<Selectable<Database['layout_template']>, (typeof FACTS)[number]>;

function toTemplate(row: Row): LayoutTemplate {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    seatCount: row.seat_count,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
  };
}
