import type { ConcertId, EventId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Subject } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { readSlot } from '@frontrow/application/shared/slots.ts';
import type { Kysely } from 'kysely';
import { deferSql } from '../../connection/run-sql.ts';
import type { Database } from '../../schema/schema.ts';
import { STAFF, targetOf, useTarget } from '../aims.ts';
import type { Locator } from '../locator.ts';
import { slotOf } from '../slot-of.ts';

/** Aims the statements of one transaction. */
export type Session = ReturnType<typeof createSession>;

export function createSession(db: Kysely<Database>, locator: Locator, subject: Subject | null) {
  let target = '';
  /** The slot of the sale that the transaction writes. */
  let sale: number | null = null;
  /** What the next rows of `idempotency_key` and `outbox` are sharded by. */
  const rowSlot: { current: Buffer | null } = { current: null };

  async function to(next: string): Promise<void> {
    if (next === target) return;
    target = next;
    await deferSql(db, useTarget(next), []);
  }
  async function toSale(slot: number): Promise<void> {
    sale = slot;
    await to(targetOf('sales', slot));
  }
  async function toSlot(keyspace: 'sales' | 'accounts', slot: number): Promise<void> {
    rowSlot.current = Buffer.of(slot);
    await to(targetOf(keyspace, slot));
  }
  async function toStaff(): Promise<void> {
    rowSlot.current = null;
    await to(STAFF);
  }

  return {
    rowSlot,
    to,
    toStaff,
    toSale,
    toConcert: (id: ConcertId) => toSale(slotOf(id)),
    toEvent: async (id: EventId) => toSale(await locator.ofEvent(id)),
    toNewEvent: async (id: EventId, concertId: ConcertId) => {
      locator.learnEvent(id, concertId);
      await toSale(slotOf(concertId));
    },
    toId: (id: string) => toSale(locator.ofId(id)),
    toUser: (id: UserId) => to(targetOf('accounts', slotOf(id))),
    /** Where the keys of the transaction are: the same for every request with the key, so not where a search has led. */
    toSubject: async (): Promise<void> => {
      if (subject === null || subject === 'STAFF') return toStaff();
      if ('userId' in subject) return toSlot('accounts', slotOf(subject.userId));
      if ('concertId' in subject) return toSlot('sales', slotOf(subject.concertId));
      if ('eventId' in subject) return toSlot('sales', await locator.ofEvent(subject.eventId));
      return toSlot('sales', readSlot(subject.reservationId) ?? 0);
    },
    /** To the sale for what the transaction has changed there, and back after a visit elsewhere. */
    toOwnSale: async (): Promise<void> => {
      await (sale === null ? toStaff() : toSlot('sales', sale));
    },
  };
}
