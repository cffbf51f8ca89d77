import type { AskedHistory } from '@frontrow/application/ports/booking/reservations.ts';
import type { HoldHistory } from '@frontrow/domain/booking/hold-history.ts';
import { type ReservationStatus, UNPAID_STATUSES } from '@frontrow/domain/booking/reservation.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { EndReason } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Kysely } from 'kysely';
import { fromInstant, toInstant } from '../connection/columns.ts';
import { runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

type EndRow = { readonly kind: 'END'; readonly user_id: string; readonly sequence: string } & {
  readonly status: EndReason;
};
type ReservationRow = { readonly kind: 'RESERVATION'; readonly user_id: string } & {
  readonly status: ReservationStatus;
  readonly created_at: Date;
  readonly extensions: number | string;
  readonly seats: number | string;
};

/** Reads by one statement, so that the ends of places and the reservations are of one snapshot. */
export async function findHistories(
  db: Kysely<Database>,
  asked: readonly AskedHistory[],
  unpaidSince: Instant,
): Promise<ReadonlyMap<UserId, HoldHistory>> {
  const concertId = asked[0]?.concertId;
  const users = asked.map(({ userId }) => userId);
  const { rows } = await runSql<EndRow | ReservationRow>(db, FIND_HISTORIES, [
    concertId,
    asked.map(({ sequence }) => sequence),
    users,
    concertId,
    asked.map(({ id }) => id),
    UNPAID_STATUSES,
    fromInstant(unpaidSince),
  ]);
  return new Map(
    asked.map((one) => [
      one.userId,
      historyOf(
        rows.filter(({ user_id: userId }) => userId === one.userId),
        one,
      ),
    ]),
  );
}

function historyOf(rows: readonly (EndRow | ReservationRow)[], { sequence }: AskedHistory): HoldHistory {
  let placeEnd: EndReason | null = null;
  let seatsBought = 0;
  const unpaidHolds = [];
  for (const row of rows) {
    if (row.kind === 'END') placeEnd = Number(row.sequence) === sequence ? row.status : placeEnd;
    else if (row.status === 'CONFIRMED') seatsBought += Number(row.seats);
    else unpaidHolds.push({ createdAt: toInstant(row.created_at), extensions: Number(row.extensions) });
  }
  return { placeEnd, seatsBought, unpaidHolds };
}

/**
 * The optimizer would otherwise read all reservations of the users, or all live holds of the concert. The hint and the
 * `case` keep it from estimating the rows of each user and status, which takes longer than to read them.
 */
const FIND_HISTORIES = `select /*+ set_var(eq_range_index_dive_limit = 1) */ 'END' as kind, user_id, sequence, reason as status,
    null as created_at, null as extensions, null as seats
  from queue_end where concert_id = ? and sequence in (?)
  union all
  select 'RESERVATION', user_id, null, status, created_at, extensions,
    (select count(*) from reservation_seat s where s.reservation_id = r.id)
      - (select count(*) from refund_seat f where f.reservation_id = r.id)
  from reservation r force index (reservation_by_user_and_concert)
  where user_id in (?) and concert_id = ? and id not in (?)
    and case status when 'CONFIRMED' then not complimentary else status in (?) and created_at > ? end`;
