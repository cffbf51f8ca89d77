import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as initial from './migrations/0001-initial.ts';
import * as indexesThatWereMeasured from './migrations/0002-indexes-that-were-measured.ts';
import * as endsBySequence from './migrations/0003-ends-by-sequence.ts';
import * as endsByAge from './migrations/0004-ends-by-age.ts';
import * as reservationsOfAUser from './migrations/0005-reservations-of-a-user-in-a-concert.ts';
import * as auditLog from './migrations/0006-audit-log.ts';
import * as adjustments from './migrations/0007-adjustments.ts';
import * as editable from './migrations/0012-editable-concerts-and-dates.ts';
import * as salesOfConcertsAndDates from './migrations/0008-sales-of-concerts-and-dates.ts';
import * as refunds from './migrations/0009-refunds.ts';
import * as orders from './migrations/0010-orders.ts';
import * as webhooks from './migrations/0011-webhooks.ts';
import * as gateCheckIns from './migrations/0013-gate-check-ins.ts';
import * as cancellations from './migrations/0014-cancellations.ts';
import * as failedPayments from './migrations/0015-failed-payments.ts';
import * as ledgerTotals from './migrations/0016-ledger-totals.ts';
import * as sellOuts from './migrations/0017-sell-outs.ts';
import * as givenSeats from './migrations/0018-given-seats.ts';
import * as ordersByStatusAndTime from './migrations/0019-orders-by-status-and-time.ts';
import * as replayByType from './migrations/0020-replay-by-type.ts';
import * as saleCodes from './migrations/0021-sale-codes.ts';
import * as halls from './migrations/0022-halls.ts';
import * as accessibleRelease from './migrations/0023-accessible-release.ts';
import * as layoutTemplates from './migrations/0024-layout-templates.ts';
import * as concertsOfRows from './migrations/0025-concerts-of-rows.ts';
import * as datesByTheEndOfTheirSales from './migrations/0026-dates-by-the-end-of-their-sales.ts';
import * as traces from './migrations/0027-traces.ts';

/** Every migration in order. A released migration never changes; a correction is a new migration. */
const MIGRATIONS = {
  '0001-initial': initial,
  '0002-indexes-that-were-measured': indexesThatWereMeasured,
  '0003-ends-by-sequence': endsBySequence,
  '0004-ends-by-age': endsByAge,
  '0005-reservations-of-a-user-in-a-concert': reservationsOfAUser,
  '0006-audit-log': auditLog,
  '0007-adjustments': adjustments,
  '0008-sales-of-concerts-and-dates': salesOfConcertsAndDates,
  '0009-refunds': refunds,
  '0010-orders': orders,
  '0011-webhooks': webhooks,
  '0012-editable-concerts-and-dates': editable,
  '0013-gate-check-ins': gateCheckIns,
  '0014-cancellations': cancellations,
  '0015-failed-payments': failedPayments,
  '0016-ledger-totals': ledgerTotals,
  '0017-sell-outs': sellOuts,
  '0018-given-seats': givenSeats,
  '0019-orders-by-status-and-time': ordersByStatusAndTime,
  '0020-replay-by-type': replayByType,
  '0021-sale-codes': saleCodes,
  '0022-halls': halls,
  '0023-accessible-release': accessibleRelease,
  '0024-layout-templates': layoutTemplates,
  '0025-concerts-of-rows': concertsOfRows,
  '0026-dates-by-the-end-of-their-sales': datesByTheEndOfTheirSales,
  '0027-traces': traces,
};

export function createMigrator<Tables>(db: Kysely<Tables>): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
}
