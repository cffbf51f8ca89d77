import { type Kysely, sql } from 'kysely';

/**
 * Every column has the same collation, which compares byte by byte. Trailing spaces count (`utf8mb4_bin` ignores them),
 * and any client text compares with an id without a conversion (ASCII columns reject some).
 *
 * There are no foreign keys: each insert of a child would lock its parent's row, and all sales of a concert would contend
 * for the row of the concert.
 */
const TABLE_OPTIONS = 'engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin';

/** Holds a ULID. */
const ID = 'varchar(26)';
/** Holds the `sub` of an access token. */
const USER_ID = 'varchar(128)';
/** UTC: every connection sets its time zone. */
const INSTANT = 'datetime(3)';
/** The minor unit of KRW: won. */
const MONEY = 'bigint';

const TABLES = {
  concert: `
    id ${ID} not null primary key,
    title varchar(500) not null,
    artist varchar(500) not null,
    description text not null,
    policy json not null,
    room_version int unsigned not null comment 'grows with every change that the waiting room has to learn of'`,

  concert_event: `
    id ${ID} not null primary key,
    concert_id ${ID} not null,
    venue varchar(500) not null,
    starts_at ${INSTANT} not null,
    reservation_start_at ${INSTANT} not null,
    reservation_end_at ${INSTANT} not null,
    refund_until ${INSTANT} not null,
    seat_count smallint unsigned not null,
    price ${MONEY} not null,
    key concert_event_by_reservation_window (concert_id, reservation_start_at desc, reservation_end_at desc),
    constraint concert_event_price_is_not_negative check (price >= 0)`,

  seat: `
    concert_event_id ${ID} not null,
    number smallint unsigned not null,
    price ${MONEY} not null,
    status enum('AVAILABLE', 'HELD', 'SOLD') not null default 'AVAILABLE',
    reservation_id ${ID} null comment 'the version of a hold or a sale',
    hold_expires_at ${INSTANT} null,
    is_available boolean generated always as (status = 'AVAILABLE') virtual
      comment 'a hint: a lapsed hold is free as well',
    primary key (concert_event_id, number),
    key seat_by_availability (concert_event_id desc, is_available),
    constraint seat_has_an_owner_unless_available check ((status = 'AVAILABLE') = (reservation_id is null)),
    constraint seat_expires_while_held check ((status = 'HELD') = (hold_expires_at is not null))`,

  reservation: `
    id ${ID} not null primary key,
    user_id ${USER_ID} not null,
    concert_id ${ID} not null,
    concert_event_id ${ID} not null,
    status enum('HELD', 'CONFIRMED', 'EXPIRED', 'CANCELLED', 'REFUNDED') not null,
    total_amount ${MONEY} not null,
    sequence bigint not null comment 'of the queue token that the seats were held with',
    created_at ${INSTANT} not null,
    hold_expires_at ${INSTANT} not null,
    extensions smallint unsigned not null,
    payment_id ${ID} null,
    live_hold boolean null comment 'true or null: a unique key counts no nulls',
    unique key reservation_one_live_hold (concert_id, user_id, live_hold),
    key reservation_by_expiry (status, hold_expires_at),
    key reservation_by_user (user_id, id),
    constraint reservation_live_hold_is_held check (live_hold is null or (live_hold = true and status = 'HELD')),
    constraint reservation_is_paid_with_a_payment
      check ((status in ('CONFIRMED', 'REFUNDED')) = (payment_id is not null))`,

  reservation_seat: `
    reservation_id ${ID} not null,
    seat_number smallint unsigned not null,
    primary key (reservation_id, seat_number)`,

  wallet: `
    user_id ${USER_ID} not null primary key,
    balance ${MONEY} not null,
    entry_count bigint not null comment 'the number of the latest entry',
    constraint wallet_balance_is_not_negative check (balance >= 0)`,

  wallet_entry: `
    user_id ${USER_ID} not null,
    entry_number bigint not null,
    id ${ID} not null,
    kind enum('CHARGE', 'PAYMENT', 'REFUND') not null,
    amount ${MONEY} not null,
    balance_after ${MONEY} not null,
    payment_id ${ID} null,
    created_at ${INSTANT} not null,
    primary key (user_id, entry_number),
    unique key wallet_entry_by_id (id),
    constraint wallet_entry_balance_after_is_not_negative check (balance_after >= 0)`,

  payment: `
    id ${ID} not null primary key,
    reservation_id ${ID} not null,
    user_id ${USER_ID} not null,
    amount ${MONEY} not null,
    balance_after ${MONEY} not null,
    paid_at ${INSTANT} not null,
    unique key payment_by_reservation (reservation_id),
    key payment_by_user (user_id, id),
    constraint payment_amount_is_not_negative check (amount >= 0)`,

  idempotency_key: `
    request_digest binary(32) not null primary key comment 'SHA-256 of user, operation and key',
    fingerprint varchar(128) not null,
    answer mediumtext null comment 'JSON as it was written; null only inside the transaction of the effect',
    replay_count int unsigned not null default 0,
    created_at ${INSTANT} not null,
    key idempotency_key_by_age (created_at)`,

  outbox: `
    id bigint not null auto_increment primary key,
    kind varchar(32) not null,
    payload json not null,
    created_at ${INSTANT} not null,
    due_at ${INSTANT} not null,
    delivered_at ${INSTANT} null,
    key outbox_by_delivery (delivered_at)`,

  queue_end: `
    concert_id ${ID} not null,
    user_id ${USER_ID} not null,
    sequence bigint not null,
    reason enum('COMPLETED', 'LEFT', 'EXPIRED') not null,
    created_at ${INSTANT} not null,
    primary key (concert_id, user_id, sequence)`,

  room_checkpoint: `
    concert_id ${ID} not null primary key,
    epoch int unsigned not null,
    admission_watermark bigint not null default 0 comment 'the highest sequence admitted, as last written down',
    updated_at ${INSTANT} not null`,
};

/** MySQL commits each statement on its own: a run after an interrupted one continues where that one stopped. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, definition] of Object.entries(TABLES)) {
    await sql.raw(`create table if not exists ${name} (${definition}\n) ${TABLE_OPTIONS}`).execute(db);
  }
}
