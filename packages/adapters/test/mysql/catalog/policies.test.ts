import { addConcertWithDate } from '@frontrow/application/contracts/shared/contract-builders.ts';
import { write } from '@frontrow/application/contracts/shared/contract-support.ts';
import { HOLD_POLICY_DEFAULT } from '@frontrow/domain/booking/hold-policy.ts';
import { useMysqlTestPorts } from '@frontrow/tests/support/use-mysql-test-ports.ts';
import { sql } from 'kysely';
import { expect, it } from 'vitest';

const testPorts = useMysqlTestPorts();

it('gives the members that a policy of an earlier version lacks their defaults', async () => {
  const { ports, mysql } = testPorts;
  const { concert, event } = await addConcertWithDate(ports, { hold: { ttlMs: 4_321, unpaidHoldsMax: 9 } });
  const members = [
    'seatsPerUserMax',
    'unpaidHoldsMax',
    'coolDownMs',
    'orphans',
    'companionSeatsMax',
    'accessibleHoldTtlMs',
  ];
  const removed = members.map((member) => `'$.hold.${member}'`);
  removed.push(`'$.admission.reason'`);
  await sql`update concert set policy = json_remove(policy, ${sql.raw(removed.join())}) where id = ${concert.id}`.execute(
    mysql.db,
  );
  const hold = { ...HOLD_POLICY_DEFAULT, ttlMs: 4_321 };
  expect((await ports.policies.find(concert.id))?.hold).toEqual(hold);
  expect((await ports.policies.find(concert.id))?.admission.reason).toBeNull();
  expect((await ports.roomRecords.find(concert.id))?.config.admission.reason).toBeNull();
  const locked = await write(ports, ({ concerts }) => concerts.lockPolicy(concert.id));
  expect(locked?.hold).toEqual(hold);
  const context = await write(ports, ({ seats }) => seats.findHoldContext(event.id, ['a fan']));
  expect(context.onSale?.hold).toEqual(hold);
});
