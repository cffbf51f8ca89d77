import type { Database } from './schema.ts';

type Privilege = 'select' | 'insert' | 'update' | 'delete';
/** What the accounts of the processes may do with a table; neither may change the schema. */
export type TablePrivileges = { readonly http: readonly Privilege[]; readonly worker: readonly Privilege[] };

/** A read that locks (`for update`) needs `update`, and so does `on duplicate key update`. */
export const TABLE_PRIVILEGES = {
  concert: { http: ['select', 'insert', 'update', 'delete'], worker: ['select'] },
  concert_event: { http: ['select', 'insert', 'update', 'delete'], worker: ['select'] },
  event_layout: { http: ['select', 'insert', 'delete'], worker: ['select'] },
  layout_template: { http: ['select', 'insert', 'update', 'delete'], worker: [] },
  cancellation: { http: ['select', 'insert'], worker: ['select', 'update'] },
  seat: { http: ['select', 'insert', 'update', 'delete'], worker: ['select', 'update'] },
  reservation: { http: ['select', 'insert', 'update'], worker: ['select', 'update'] },
  reservation_change: { http: ['select', 'insert'], worker: ['insert'] },
  reservation_seat: { http: ['select', 'insert', 'delete'], worker: ['select'] },
  wallet: { http: ['select', 'insert', 'update'], worker: ['select', 'insert', 'update'] },
  wallet_entry: { http: ['select', 'insert'], worker: ['select', 'insert'] },
  ledger_total: { http: ['select'], worker: ['select', 'insert'] },
  payment: { http: ['select', 'insert'], worker: [] },
  failed_payment: { http: ['select', 'insert', 'update'], worker: ['select', 'delete'] },
  refund: { http: ['select', 'insert'], worker: ['select', 'insert'] },
  refund_seat: { http: ['select', 'insert'], worker: ['select', 'insert'] },
  // A check-in is neither changed nor removed.
  gate_check_in: { http: ['select', 'insert'], worker: ['select'] },
  idempotency_key: { http: ['select', 'insert', 'update', 'delete'], worker: ['select', 'delete'] },
  outbox: { http: ['select', 'insert'], worker: ['select', 'insert', 'update', 'delete'] },
  queue_end: { http: ['select', 'insert', 'update'], worker: ['select', 'insert', 'update', 'delete'] },
  room_checkpoint: { http: ['select', 'insert', 'update'], worker: ['select', 'insert', 'update'] },
  sale_code: { http: ['select', 'insert', 'update', 'delete'], worker: [] },
  sale_code_use: { http: ['select', 'insert', 'update', 'delete'], worker: [] },
  // Append-only: an entry is neither changed nor removed.
  audit_log: { http: ['select', 'insert'], worker: [] },
  webhook_endpoint: { http: ['select', 'insert', 'update', 'delete'], worker: ['select', 'update'] },
  webhook_message: { http: ['select'], worker: ['select', 'insert', 'delete'] },
  webhook_delivery: {
    http: ['select', 'insert', 'update'],
    worker: ['select', 'insert', 'update', 'delete'],
  },
  webhook_attempt: { http: ['select'], worker: ['select', 'insert', 'delete'] },
  // Both read at start whether the schema is complete.
  kysely_migration: { http: ['select'], worker: ['select'] },
} as const satisfies Record<keyof Database | 'kysely_migration', TablePrivileges>;

/** What the account of `MYSQL_READ_URL` reads. */
export const LISTED_TABLES = ['concert', 'concert_event'] as const satisfies readonly (keyof Database)[];

/** What the account of `pnpm migrate` may do in its database. It grants the other accounts a part of that. */
export const MIGRATION_PRIVILEGES = [
  'select',
  'insert',
  'update',
  'delete',
  'create',
  'alter',
  'drop',
  'index',
] as const;
