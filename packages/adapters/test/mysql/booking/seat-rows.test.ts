import { addConcertWithDate } from '@frontrow/application/contracts/shared/contract-builders.ts';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { useMysqlTestPorts } from '@frontrow/tests/support/use-mysql-test-ports.ts';
import { selectSeats, updateHeld } from '../../../src/mysql/booking/seat-rows.ts';

const testPorts = useMysqlTestPorts();

it.each([[[4]], [[1, 2, 3, 4, 5, 6, 7, 8]]])(
  'locks the seats %j by their primary key, ascending',
  async (seatNumbers) => {
    const { mysql, ports } = testPorts;
    const { event } = await addConcertWithDate(ports);
    const claim = { eventId: event.id, seatNumbers, reservationId: ports.ids.next() };
    const locking = selectSeats(mysql.db, claim).forUpdate();
    const changing = updateHeld(mysql.db, claim).set({ status: 'SOLD', hold_expires_at: null });
    for (const statement of [locking, changing]) {
      const plan = await sql`explain format = traditional ${statement}`.execute(mysql.db);
      expect(plan.rows).toMatchObject([{ key: 'PRIMARY' }]);
      expect(plan.rows).not.toMatchObject([{ Extra: expect.stringContaining('filesort') }]);
    }
  },
);
