import { type Kysely, sql } from 'kysely';

const TABLE_OPTIONS = 'engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin';
const ID = 'varchar(26)';
const INSTANT = 'datetime(3)';

const TABLES = {
  webhook_endpoint: `
    id ${ID} not null primary key,
    url varchar(2000) not null,
    description varchar(500) not null,
    event_types json not null,
    disabled_reason enum('BY_ORGANISER', 'FAILING', 'GONE') null,
    secret varchar(500) not null comment 'encrypted',
    previous_secret varchar(500) null comment 'encrypted',
    previous_secret_until ${INSTANT} null,
    failing_since ${INSTANT} null,
    created_at ${INSTANT} not null`,

  webhook_message: `
    outbox_id bigint not null primary key comment 'grows with the order of the messages of a subject',
    id ${ID} not null,
    type varchar(64) not null,
    subject_id ${ID} not null,
    body text not null,
    occurred_at ${INSTANT} not null,
    created_at ${INSTANT} not null,
    unique key webhook_message_by_id (id),
    key webhook_message_by_occurrence (occurred_at, outbox_id),
    key webhook_message_by_age (created_at)`,

  webhook_delivery: `
    endpoint_id ${ID} not null,
    outbox_id bigint not null,
    subject_id ${ID} not null,
    status enum('PENDING', 'DELIVERED', 'FAILED') not null,
    attempt_count smallint unsigned not null comment 'over all schedules',
    scheduled_count smallint unsigned not null comment 'in the present schedule',
    next_attempt_at ${INSTANT} not null comment 'the end of the lease while an attempt is in progress',
    primary key (endpoint_id, outbox_id),
    key webhook_delivery_by_due (endpoint_id, status, next_attempt_at, outbox_id),
    key webhook_delivery_by_subject (endpoint_id, status, subject_id, outbox_id),
    key webhook_delivery_by_status (endpoint_id, status, outbox_id),
    key webhook_delivery_by_message (outbox_id)`,

  webhook_attempt: `
    endpoint_id ${ID} not null,
    outbox_id bigint not null,
    attempt smallint unsigned not null,
    attempted_at ${INSTANT} not null,
    duration_ms int unsigned not null,
    status_code smallint unsigned null,
    error varchar(255) null,
    next_attempt_at ${INSTANT} null,
    primary key (endpoint_id, outbox_id, attempt),
    key webhook_attempt_by_message (outbox_id)`,
};

/** Each statement commits on its own: a run after an interrupted one continues where that one stopped. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, definition] of Object.entries(TABLES)) {
    await sql.raw(`create table if not exists ${name} (${definition}\n) ${TABLE_OPTIONS}`).execute(db);
  }
}
