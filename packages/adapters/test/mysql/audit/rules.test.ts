import { withMysqlAudit } from '@frontrow/adapters/mysql/audit/mysql-audit.ts';
import { type TestDatabase, createTestDatabase } from '@frontrow/tests/support/mysql-database.ts';
import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let database: TestDatabase;
let db: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  db = await createConnection({ uri: database.url, multipleStatements: true });
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const findViolations = () => withMysqlAudit(database, (audit) => audit.findViolations());

const COLUMNS = `id, user_id, concert_id, concert_event_id, status, total_amount, sequence, created_at,
  hold_expires_at, extensions, payment_id, live_hold`;
const GIVEN = 'only what staff have given has no place, and costs nothing';
const DATE_SEATS = 'a date has its seats, numbered from 1, and shows the price of the cheapest';
const LAYOUTS = 'a date has every version of its layout, and no other';
const CATEGORY = 'a seat has a category of its layout, at the price of the category';
const LATER = `sysdate(3) + interval 1 hour`;

/**
 * Mina has paid for seat 1; Jun holds seats 2 and 3. Sora has bought seats 4 and 5 and given back 5, which is free. Yuna has
 * given back seat 6, which is free. Staff have given Dana the seats 7 and 8, and Dana has given back 8.
 *
 * The hall has a layout of two categories, and no sale: a new version has made its dear seats 1 and 2 cheaper, and seat 2 was held
 * at the price before.
 */
const SALE = `
  delete from seat; delete from reservation; delete from reservation_seat; delete from wallet;
  delete from wallet_entry; delete from payment; delete from refund; delete from refund_seat;
  delete from gate_check_in; delete from cancellation; delete from reservation_change;
  delete from failed_payment; delete from ledger_total;
  delete from queue_end; delete from concert_event; delete from event_layout;
  delete from sale_code; delete from sale_code_use;
  insert into concert_event (id, concert_id, venue, starts_at, reservation_start_at, reservation_end_at, refund_until,
      seat_count, price) values
    ('e', 'c', 'Olympic Hall', sysdate(3) + interval 1 day, sysdate(3), ${LATER}, sysdate(3), 8, 100);
  insert into concert_event (id, concert_id, venue, starts_at, reservation_start_at, reservation_end_at, refund_until,
      seat_count, price, layout_version) values
    ('hall', 'c', 'Opera', sysdate(3) + interval 1 day, sysdate(3), ${LATER}, sysdate(3), 3, 50, 2);
  insert into event_layout (concert_event_id, version, document, digest, categories, created_at) values
    ('hall', 1, '', '', '[{"price": 90, "seatCount": 2}, {"price": 50, "seatCount": 1}]', sysdate(3)),
    ('hall', 2, '', '', '[{"price": 80, "seatCount": 2}, {"price": 50, "seatCount": 1}]', sysdate(3));
  insert into seat (concert_event_id, number, price, next_price, category) values
    ('hall', 1, 80, null, 0), ('hall', 2, 90, 80, 0), ('hall', 3, 50, null, 1);
  insert into reservation (${COLUMNS}) values
    ('bought', 'mina', 'c', 'e', 'CONFIRMED', 100, 1, sysdate(3), ${LATER}, 0, 'p', null),
    ('held', 'jun', 'c', 'e', 'HELD', 200, 2, sysdate(3), ${LATER}, 0, null, true),
    ('part', 'sora', 'c', 'e', 'CONFIRMED', 200, 13, sysdate(3), ${LATER}, 0, 'p2', null),
    ('back', 'yuna', 'c', 'e', 'REFUNDED', 100, 14, sysdate(3), ${LATER}, 0, 'p3', null);
  update reservation set refunded_amount = 100 where id in ('part', 'back');
  insert into reservation (${COLUMNS}, complimentary) values
    ('given', 'dana', 'c', 'e', 'CONFIRMED', 0, 0, sysdate(3), sysdate(3), 0, 'p4', null, true);
  insert into reservation_change (reservation_id, kind, changed_at, actor, reason) values
    ('given', 'GIVEN', sysdate(3), 'staff', 'family'), ('held', 'EXTENDED', sysdate(3), 'jun', null);
  insert into reservation_seat (reservation_id, seat_number) values ('bought', 1), ('held', 2), ('held', 3), ('part', 4), ('part', 5), ('back', 6),
    ('given', 7), ('given', 8);
  insert into refund_seat (reservation_id, seat_number, refund_id) values ('part', 5, 'f2'), ('back', 6, 'f3'), ('given', 8, 'f4');
  insert into gate_check_in (reservation_id, seat_number, concert_event_id, gate, actor, checked_in_at) values ('bought', 1, 'e', 'North', 'staff', sysdate(3)), ('back', 6, 'e', null, 'staff', sysdate(3));
  insert into refund values
    ('f2', 'part', 'p2', 'sora', 'c', 'e', 1, 100, 100, 'e5', sysdate(3), 'sora', null),
    ('f3', 'back', 'p3', 'yuna', 'c', 'e', 1, 100, 100, 'e8', sysdate(3), 'staff', 'a broken seat'),
    ('f4', 'given', 'p4', 'dana', 'c', 'e', 1, 0, 0, 'e10', sysdate(3), 'dana', null);
  insert into seat (concert_event_id, number, price, status, reservation_id, hold_expires_at)
    values ('e', 1, 100, 'SOLD', 'bought', null), ('e', 4, 100, 'SOLD', 'part', null),
      ('e', 5, 100, 'AVAILABLE', null, null), ('e', 6, 100, 'AVAILABLE', null, null),
      ('e', 7, 100, 'SOLD', 'given', null), ('e', 8, 100, 'AVAILABLE', null, null);
  insert into seat (concert_event_id, number, price, status, reservation_id, hold_expires_at)
    select 'e', seat_number, 100, 'HELD', id, hold_expires_at
    from reservation join reservation_seat on reservation_id = id where id = 'held';
  insert into wallet values ('mina', 50, 2), ('sora', 100, 3), ('yuna', 100, 3), ('dana', 0, 2);
  insert into wallet_entry (user_id, entry_number, id, kind, amount, balance_after, payment_id, created_at) values
    ('mina', 1, 'e1', 'CHARGE', 150, 150, null, sysdate(3)),
    ('mina', 2, 'e2', 'PAYMENT', -100, 50, 'p', sysdate(3)),
    ('sora', 1, 'e3', 'CHARGE', 200, 200, null, sysdate(3)),
    ('sora', 2, 'e4', 'PAYMENT', -200, 0, 'p2', sysdate(3)),
    ('sora', 3, 'e5', 'REFUND', 100, 100, 'p2', sysdate(3)),
    ('yuna', 1, 'e6', 'CHARGE', 100, 100, null, sysdate(3)),
    ('yuna', 2, 'e7', 'PAYMENT', -100, 0, 'p3', sysdate(3)),
    ('yuna', 3, 'e8', 'REFUND', 100, 100, 'p3', sysdate(3)),
    ('dana', 1, 'e9', 'PAYMENT', 0, 0, 'p4', sysdate(3)),
    ('dana', 2, 'e10', 'REFUND', 0, 0, 'p4', sysdate(3));
  insert into sale_code (id, concert_id, code_digest, uses_max, uses, created_at)
    values ('fan club', 'c', 'digest', 2, 2, sysdate(3));
  insert into sale_code_use values ('c', 'mina', 'fan club', sysdate(3)), ('c', 'jun', 'fan club', sysdate(3));
  insert into payment (id, reservation_id, user_id, amount, balance_after, paid_at) values ('p', 'bought', 'mina', 100, 50, sysdate(3)), ('p2', 'part', 'sora', 200, 0, sysdate(3)),
    ('p3', 'back', 'yuna', 100, 0, sysdate(3)), ('p4', 'given', 'dana', 0, 0, sysdate(3));
  insert into ledger_total select timestampadd(hour, timestampdiff(hour, '1970-01-01', max(created_at)) + 1, '1970-01-01'), 250
    from wallet_entry;
  insert into failed_payment (reservation_id, failure_code, id, user_id, amount, failed_at, repeat_count) values
    ('bought', 'INSUFFICIENT_BALANCE', 'x1', 'mina', 100, sysdate(3) - interval 1 minute, 2),
    ('bought', 'RESERVATION_NOT_HELD', 'x2', 'mina', 100, sysdate(3) + interval 1 minute, 0),
    ('held', 'INSUFFICIENT_BALANCE', 'x3', 'jun', 200, sysdate(3), 0);
  insert into queue_end values ('c', 'mina', 1, 'COMPLETED', sysdate(3)), ('c', 'sora', 13, 'COMPLETED', sysdate(3)),
    ('c', 'yuna', 14, 'COMPLETED', sysdate(3))`;

beforeEach(async () => {
  await db.query(`set time_zone = '+00:00'`);
  await db.query(SALE);
});

it('finds nothing wrong with a sale in order', async () => {
  expect(await findViolations()).toEqual({});
});

it.each([
  [
    'a live hold ends by the start of its date',
    `update concert_event set starts_at = sysdate(3) + interval 1 minute`,
  ],
  [
    'a seat has at most one live hold or sale',
    `insert into reservation_seat (reservation_id, seat_number) values ('held', 1)`,
  ],
  [
    'the seats of a live hold or sale say so',
    `update seat set reservation_id = 'other' where concert_event_id = 'e' and number = 2`,
  ],
  [
    'the seats of a live hold or sale say so',
    `update seat set hold_expires_at = sysdate(3) where concert_event_id = 'e' and number = 2`,
  ],
  [
    'a sold or held seat belongs to a reservation of that seat',
    `update seat set reservation_id = 'x' where concert_event_id = 'e' and number = 1`,
  ],
  ['a sold or held seat belongs to a reservation of that seat', `delete from reservation where id = 'held'`],
  [
    'a live reservation has all its seats at their prices',
    `delete from reservation_seat where seat_number = 3`,
  ],
  [
    'a user has at most one live hold in a concert',
    `insert into reservation (${COLUMNS}) values
      ('second', 'jun', 'c', 'e', 'HELD', 0, 3, sysdate(3), ${LATER}, 0, null, null)`,
  ],
  ['what is confirmed or refunded was paid, once, with its amount', `delete from payment`],
  [
    'what is confirmed or refunded was paid, once, with its amount',
    `update payment set amount = 99 where id = 'p'`,
  ],
  [
    'what is confirmed or refunded was paid, once, with its amount',
    `update payment set reservation_id = 'held' where id = 'p'`,
  ],
  ['a payment is one debit of its payer', `delete from wallet_entry where id = 'e2'`],
  [
    'a payment is one debit of its payer',
    `insert into wallet_entry values ('mina', 3, 'e11', 'PAYMENT', -100, -50 + 50, 'p', sysdate(3))`,
  ],
  ['a debit is for a payment', `update wallet_entry set payment_id = 'x' where id = 'e2'`],
  [
    'a balance is the sum of its ledger, entry by entry, and never negative',
    `update wallet set balance = 51 where user_id = 'mina'`,
  ],
  [
    'a balance is the sum of its ledger, entry by entry, and never negative',
    `update wallet_entry set balance_after = 140 where id = 'e1'`,
  ],
  [
    'a saved total of the ledger is the sum of the entries before it',
    `insert into wallet values ('late', 7, 1);
     insert into wallet_entry values ('late', 1, 'e12', 'CHARGE', 7, 7, null, sysdate(3) - interval 1 day)`,
  ],
  [
    'a saved total of the ledger is the sum of the entries before it',
    `update ledger_total set until_at = until_at - interval 1 day`,
  ],
  [
    'a failed payment is of a reservation of the same user, with a code that its state allows',
    `update failed_payment set reservation_id = 'x' where id = 'x3'`,
  ],
  [
    'a failed payment is of a reservation of the same user, with a code that its state allows',
    `update failed_payment set user_id = 'mina' where id = 'x3'`,
  ],
  [
    'a failed payment is of a reservation of the same user, with a code that its state allows',
    `update failed_payment set failure_code = 'NOT_FOUND' where id = 'x3'`,
  ],
  [
    'a failed payment is of a reservation of the same user, with a code that its state allows',
    `update failed_payment set failed_at = sysdate(3) + interval 1 minute where id = 'x1'`,
  ],
  ['a paid place has ended for good', `delete from queue_end where user_id = 'mina'`],
  [
    'a live reservation has all its seats at their prices',
    `update reservation set total_amount = 100 where id = 'given'`,
  ],
  ['a live reservation has all its seats at their prices', `delete from seat where number = 7`],
  [
    'a sold or held seat belongs to a reservation of that seat',
    `delete from reservation_seat where seat_number = 7`,
  ],
  [
    'what is confirmed or refunded was paid, once, with its amount',
    `update payment set amount = 100 where id = 'p4'`,
  ],
  ['a payment is one debit of its payer', `update wallet_entry set amount = -100 where id = 'e9'`],
  [GIVEN, `update reservation set complimentary = true, total_amount = 0 where id = 'bought'`],
  [GIVEN, `update reservation set complimentary = false where id = 'given'`],
  [GIVEN, `update reservation set sequence = 5 where id = 'given'`],
  [GIVEN, `update reservation set sequence = 0 where id = 'bought'`],
  [GIVEN, `update reservation set total_amount = 100 where id = 'given'`],
  [GIVEN, `update reservation set status = 'HELD', payment_id = null where id = 'given'`],
  [GIVEN, `delete from reservation_change where kind = 'GIVEN'`],
  [GIVEN, `update reservation_change set reason = null`],
  [GIVEN, `update reservation_change set reservation_id = 'bought'`],
  ['a live hold is marked as one', `update reservation set live_hold = null`],
  ['a reservation is for a date of its concert', `update concert_event set concert_id = 'other'`],
  ['a reservation is for a date of its concert', `delete from concert_event`],
  [DATE_SEATS, `delete from seat where number = 8`],
  [DATE_SEATS, `update seat set number = 9 where number = 8`],
  [DATE_SEATS, `update seat set number = 0 where concert_event_id = 'e' and number = 8`],
  [DATE_SEATS, `update concert_event set price = 80 where id = 'hall'`],
  [DATE_SEATS, `update seat set next_price = 40 where concert_event_id = 'hall' and number = 3`],
  [LAYOUTS, `delete from event_layout where version = 1`],
  [LAYOUTS, `delete from event_layout where version = 2`],
  [LAYOUTS, `delete from event_layout`],
  [LAYOUTS, `update event_layout set version = 3 where version = 2`],
  [LAYOUTS, `update concert_event set layout_version = 1 where id = 'hall'`],
  [LAYOUTS, `update event_layout set concert_event_id = 'e' where version = 2`],
  [LAYOUTS, `delete from concert_event where id = 'hall'`],
  [CATEGORY, `update seat set category = 2 where concert_event_id = 'hall' and number = 3`],
  [CATEGORY, `update seat set category = 1 where concert_event_id = 'hall' and number = 1`],
  [CATEGORY, `update seat set category = 1 where concert_event_id = 'e' and number = 8`],
  [CATEGORY, `update seat set price = 90 where concert_event_id = 'hall' and number = 1`],
  [CATEGORY, `update seat set next_price = null where concert_event_id = 'hall' and number = 2`],
  [CATEGORY, `update seat set next_price = 120 where concert_event_id = 'e' and number = 8`],
  [CATEGORY, `delete from event_layout where version = 2`],
  [
    'a category has the seats of its layout',
    `update seat set category = 0, price = 80 where concert_event_id = 'hall' and number = 3`,
  ],
  [
    'nothing is held with a place that has been paid',
    `insert into reservation (${COLUMNS}) values
      ('after', 'mina', 'c', 'e', 'CANCELLED', 0, 1, sysdate(3) + interval 1 second, ${LATER}, 0, null, null)`,
  ],
  [
    'a sold or held seat belongs to a reservation of that seat',
    `update seat set status = 'SOLD', reservation_id = 'part' where number = 5`,
  ],
  ['the seats of a live hold or sale say so', `delete from refund_seat where reservation_id = 'part'`],
  ['a refund is one credit of its payer', `delete from refund where id = 'f2'`],
  ['a refund is one credit of its payer', `update wallet_entry set amount = 99 where id = 'e8'`],
  [
    'a refund is one credit of its payer',
    `update wallet_entry set user_id = 'mina', entry_number = 3 where id = 'e8'`,
  ],
  [
    'a refund is of a reservation that was paid by the same user',
    `update refund set reservation_id = 'held' where id = 'f2'`,
  ],
  [
    'a refund is of a reservation that was paid by the same user',
    `update refund set user_id = 'mina' where id = 'f2'`,
  ],
  [
    'a reservation has paid back the sum of its refunds, and no more than was paid',
    `update reservation set refunded_amount = 0 where id = 'part'`,
  ],
  [
    'a reservation has paid back the sum of its refunds, and no more than was paid',
    `update reservation set refunded_amount = 201 where id = 'part'; update refund set amount = 201 where id = 'f2'`,
  ],
  [
    'a refunded seat is one of its reservation, and of its refund',
    `insert into refund_seat (reservation_id, seat_number, refund_id) values ('part', 1, 'f2')`,
  ],
  ['a refunded seat is one of its reservation, and of its refund', `update refund_seat set refund_id = 'f3'`],
  [
    'a refunded seat is one of its reservation, and of its refund',
    `delete from refund_seat where refund_id = 'f3'`,
  ],
  [
    'a reservation is REFUNDED once all its seats are',
    `update reservation set status = 'REFUNDED' where id = 'bought'`,
  ],
  [
    'a reservation is REFUNDED once all its seats are',
    `update reservation set status = 'CONFIRMED' where id = 'back'`,
  ],
  [
    'a checked-in seat was paid for',
    `update gate_check_in set reservation_id = 'held', seat_number = 2 where gate = 'North'`,
  ],
  ['a sale code counts its uses, and has no more than it may', `update sale_code set uses_max = 1`],
  ['a sale code counts its uses, and has no more than it may', `update sale_code set uses = 1`],
  [
    'a sale code counts its uses, and has no more than it may',
    `delete from sale_code_use where user_id = 'jun'`,
  ],
  ['a use is of a sale code of its concert', `delete from sale_code`],
  ['a use is of a sale code of its concert', `update sale_code set concert_id = 'another'`],
  ['a checked-in seat was paid for', `update gate_check_in set seat_number = 4 where gate = 'North'`],
  ['a checked-in seat was paid for', `update gate_check_in set concert_event_id = 'x' where gate = 'North'`],
  [
    'a refunded seat is not checked in afterwards',
    `update gate_check_in set checked_in_at = sysdate(3) + interval 1 second where reservation_id = 'back'`,
  ],
  [
    'a cancelled date whose cancellation is finished has no reservation left',
    `update concert_event set sales_state = 'CANCELLED';
     insert into cancellation (concert_event_id, actor, reason, cancelled_at, finished_at) values ('e', 'staff', 'ill', sysdate(3), sysdate(3))`,
  ],
  [
    'a cancelled date whose cancellation is finished has no reservation left',
    `update concert_event set sales_state = 'CANCELLED'`,
  ],
  ['the entries of a wallet are numbered from 1 to its count', `update wallet set entry_count = 3`],
  ['the entries of a wallet are numbered from 1 to its count', `delete from wallet`],
])('finds that this no longer holds: %s (%s)', async (rule, breakage) => {
  await db.query(breakage);
  expect(Object.keys(await findViolations())).toContain(rule);
});

describe('a blocked seat', () => {
  const CHECKS = ['seat_has_a_reason_while_blocked', 'seat_has_an_owner_while_taken'];
  const alterChecks = (how: 'enforced' | 'not enforced') =>
    Promise.all(CHECKS.map((check) => db.query(`alter table seat alter check ${check} ${how}`)));
  beforeAll(() => alterChecks('not enforced'));
  afterAll(async () => {
    await db.query('delete from seat');
    await alterChecks('enforced');
  });

  it('is in order with a reason and without a reservation', async () => {
    await db.query(`update seat set status = 'BLOCKED', block_reason = 'camera' where number in (5, 8)`);
    expect(await findViolations()).toEqual({});
  });

  it.each([
    `update seat set status = 'BLOCKED' where number = 5`,
    `update seat set block_reason = 'camera' where number = 5`,
    `update seat set block_reason = 'camera' where number = 1`,
    `update seat set status = 'BLOCKED', block_reason = 'camera', reservation_id = 'part' where number = 5`,
  ])('is found after: %s', async (breakage) => {
    await db.query(breakage);
    const rule = 'a seat has a reason if and only if it is blocked, and a blocked one has no reservation';
    expect(Object.keys(await findViolations())).toContain(rule);
  });
});

it('minds no hold that has lapsed, whoever has its seats now', async () => {
  await db.query(`update reservation set hold_expires_at = sysdate(3) where id = 'held'`);
  await db.query(`update seat set hold_expires_at = sysdate(3) where concert_event_id = 'e' and number = 2`);
  await db.query(
    `update seat set status = 'AVAILABLE', reservation_id = null, hold_expires_at = null where number = 3`,
  );
  expect(await findViolations()).toEqual({});
});

it('counts the rows that break a rule, and shows the first five', async () => {
  const extra = Array.from({ length: 7 }, (_, index) => `('extra-${index}', 'r', 'u', 1, 0, sysdate(3))`);
  const distinct = extra.map((values, index) => values.replace("'r'", `'r-${index}'`));
  await db.query(
    `insert into payment (id, reservation_id, user_id, amount, balance_after, paid_at) values ${distinct.join()}`,
  );
  const violation = (await findViolations())['a payment is one debit of its payer'];
  expect(violation).toMatchObject({ count: 7 });
  expect(violation?.rows).toHaveLength(5);
});

const findEnded = (afterMs: number) =>
  withMysqlAudit(database, (audit) => audit.findEnded('c', [1, 2, 3], afterMs));

it('tells which places have ended, from the given age on', async () => {
  await db.query(`insert into queue_end values
    ('c', 'jun', 2, 'LEFT', sysdate(3) - interval 1 minute), ('other', 'jun', 3, 'LEFT', sysdate(3))`);
  expect(await findEnded(30_000)).toMatchObject([{ userId: 'jun', sequence: 2, reason: 'LEFT' }]);
  expect(await findEnded(0)).toHaveLength(2);
});

it('sees one moment, while others go on writing', async () => {
  const found = await withMysqlAudit(database, async (audit) => {
    await db.query('delete from payment');
    return audit.findViolations();
  });
  expect(found).toEqual({});
  expect(await findViolations()).not.toEqual({});
});

it('throws where MySQL is away', async () => {
  const elsewhere = new URL(database.url);
  elsewhere.port = '1';
  await expect(withMysqlAudit({ url: elsewhere.href }, (audit) => audit.findViolations())).rejects.toThrow(
    'ECONNREFUSED',
  );
});
