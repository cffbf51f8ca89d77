import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Acknowledgement, Records } from './records.ts';

type Row = Readonly<Record<string, string | number | null>>;

export type LostWrites = {
  readonly lost: readonly Acknowledgement[];
  /** Charges and adjustments that are in a ledger twice, or that nobody asked for. */
  readonly doubleCharges: readonly string[];
};

/** Compares what was acknowledged with what is in the database. */
export async function findLostWrites(db: Connection, records: Records): Promise<LostWrites> {
  const written = await readWritten(db);
  return {
    lost: records.acknowledgements.filter((acknowledged) => !isThere(acknowledged, written)),
    doubleCharges: findDoubleCharges([...written.entries.values()], records),
  };
}

async function readWritten(db: Connection) {
  const select = async (query: string) => (await db.query<RowDataPacket[]>(query))[0] as Row[];
  return {
    entries: byId(
      await select(`select id, user_id, amount from wallet_entry where kind in ('CHARGE', 'ADJUSTMENT')`),
    ),
    reservations: byId(
      await select(`select r.id, r.user_id, r.concert_event_id, r.status, r.extensions,
        group_concat(s.seat_number order by s.seat_number) as seats
        from reservation r left join reservation_seat s on s.reservation_id = r.id group by r.id`),
    ),
    payments: byId(await select('select id, reservation_id, user_id, amount from payment')),
    refunds: byId(
      await select(`select f.id, f.reservation_id, f.user_id, f.amount,
        group_concat(s.seat_number order by s.seat_number) as seats
        from refund f join refund_seat s on s.refund_id = f.id group by f.id`),
    ),
    checkIns: new Set(
      (await select('select reservation_id, seat_number from gate_check_in')).map(
        (row) => `${row['reservation_id']} ${row['seat_number']}`,
      ),
    ),
    emptyCancelledDates: new Set(
      (
        await select(`select concert_event_id from cancellation c where not exists (select 1 from reservation r
          where r.concert_event_id = c.concert_event_id and r.status in ('HELD', 'CONFIRMED'))`)
      ).map((row) => row['concert_event_id']),
    ),
    ends: new Set((await select('select user_id, sequence from queue_end')).map(placeOf)),
  };
}

const byId = (rows: readonly Row[]) => new Map(rows.map((row) => [String(row['id']), row]));

type Written = Awaited<ReturnType<typeof readWritten>>;
const placeOf = ({ user_id: user, sequence }: Row) => `${user} ${sequence}`;

function isThere(acknowledged: Acknowledgement, written: Written): boolean {
  const { entries, reservations, payments, ends } = written;
  const { userId } = acknowledged;
  const reservation =
    'reservationId' in acknowledged ? reservations.get(acknowledged.reservationId) : undefined;
  switch (acknowledged.kind) {
    case 'charge':
    case 'adjust': {
      const entry = entries.get(acknowledged.entryId);
      return entry?.['user_id'] === userId && Number(entry['amount']) === acknowledged.amount;
    }
    case 'hold':
      return (
        reservation?.['user_id'] === userId &&
        reservation['concert_event_id'] === acknowledged.eventId &&
        reservation['seats'] === acknowledged.seatNumbers.join()
      );
    case 'extend':
      return Number(reservation?.['extensions']) === 1;
    case 'cancel':
      // A hold that had lapsed before may read EXPIRED.
      return reservation?.['status'] === 'CANCELLED' || reservation?.['status'] === 'EXPIRED';
    case 'pay': {
      const payment = payments.get(acknowledged.paymentId);
      return (
        payment?.['reservation_id'] === acknowledged.reservationId &&
        payment['user_id'] === userId &&
        Number(payment['amount']) === acknowledged.amount &&
        (reservation?.['status'] === 'CONFIRMED' || reservation?.['status'] === 'REFUNDED')
      );
    }
    case 'refund': {
      const refund = written.refunds.get(acknowledged.refundId);
      return (
        refund?.['reservation_id'] === acknowledged.reservationId &&
        refund['user_id'] === userId &&
        Number(refund['amount']) === acknowledged.amount &&
        refund['seats'] === acknowledged.seatNumbers.join()
      );
    }
    case 'check-in':
      return written.checkIns.has(`${acknowledged.reservationId} ${acknowledged.seatNumber}`);
    case 'cancel date':
      return written.emptyCancelledDates.has(acknowledged.eventId);
    case 'leave':
      return ends.has(`${userId} ${acknowledged.sequence}`);
    default:
      return acknowledged satisfies never;
  }
}

function findDoubleCharges(entries: readonly Row[], { charges }: Records): string[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const [userId, amount] = [String(entry['user_id']), Number(entry['amount'])];
    const charge = `${userId} ${amount}`;
    if (charges.get(userId)?.has(amount) !== true) return [`${charge} was never asked for`];
    if (seen.has(charge)) return [charge];
    seen.add(charge);
    return [];
  });
}
