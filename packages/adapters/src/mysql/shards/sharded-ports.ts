import type { SeatCount } from '@frontrow/application/ports/booking/seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { Kysely } from 'kysely';
import { type UnitOptions, createMysqlTransact } from '../connection/transact.ts';
import { type MysqlPorts, createMysqlReads } from '../mysql-ports.ts';
import type { Database } from '../schema/schema.ts';
import { type Keyspace, STAFF, onTarget, targetOf } from './aims.ts';
import { descendingById, inTurn, mergePages, sumOf } from './every-shard.ts';
import { slotOf } from './slot-of.ts';
import { type Sharding, createShardedUnit } from './unit.ts';

type Reads = Omit<MysqlPorts, 'transact'>;
type Work<T> = (reads: Reads) => Promise<T>;

/** The ports on shards. Each read goes to the one shard that has its rows, or to every shard, and answers are merged. */
export function createShardedPorts(
  db: Kysely<Database>,
  options: UnitOptions,
  sharding: Sharding,
): MysqlPorts {
  return {
    ...createShardedReads(db, options, sharding),
    transact: createMysqlTransact(db, (transaction, subject) =>
      createShardedUnit(transaction, options, sharding, subject),
    ),
  };
}

export function createShardedReads(
  db: Kysely<Database>,
  { secretBox }: Pick<UnitOptions, 'secretBox'>,
  { locator, shards }: Sharding,
): Reads {
  const at = <T>(target: string, work: Work<T>) =>
    onTarget(db, target, (session) => work(createMysqlReads(session, secretBox)));
  const inStaff = <T>(work: Work<T>) => at(STAFF, work);
  const inSale = <T>(slot: number, work: Work<T>) => at(targetOf('sales', slot), work);
  const inConcert = <T>(id: string, work: Work<T>) => inSale(slotOf(id), work);
  const inEvent = async <T>(id: EventId, work: Work<T>) => inSale(await locator.ofEvent(id), work);
  const ofUser = <T>(id: string, work: Work<T>) => at(targetOf('accounts', slotOf(id)), work);
  const everywhere = async <T>(keyspace: Keyspace, work: Work<T>): Promise<readonly T[]> => {
    const firsts = await shards.firstSlots(keyspace);
    return Promise.all(firsts.map((first) => at(targetOf(keyspace, first), work)));
  };
  /** Of the tables that each keyspace has. */
  const inAll = async <T>(work: Work<T>): Promise<readonly T[]> => [
    await inStaff(work),
    ...(await everywhere('sales', work)),
    ...(await everywhere('accounts', work)),
  ];
  /** By an id that names its slot, or else by a search. */
  async function byId<T>(
    table: 'reservation' | 'payment' | 'failed_payment',
    id: string,
    work: Work<T | null>,
  ): Promise<T | null> {
    const found = await inSale(locator.ofId(id), work);
    if (found !== null) return found;
    const slot = await locator.search(table, id);
    return slot === null ? null : inSale(slot, work);
  }
  /** By the id of a reservation, which may be one of before. */
  const inReservation = async <T>(id: string, work: Work<T>) =>
    inSale((await locator.search('reservation', id)) ?? locator.ofId(id), work);

  return {
    catalog: {
      async listConcerts(page, ...rest) {
        const pages = await everywhere('sales', ({ catalog }) => catalog.listConcerts(page, ...rest));
        return mergePages(
          pages,
          page,
          (a, b) => a.id < b.id,
          ({ id }) => id,
        );
      },
      findConcert: (id) => inConcert(id, ({ catalog }) => catalog.findConcert(id)),
      listEvents: (id, ...rest) => inConcert(id, ({ catalog }) => catalog.listEvents(id, ...rest)),
      findJoinRules: (id) => inConcert(id, ({ catalog }) => catalog.findJoinRules(id)),
      findEvent: (id) => inEvent(id, ({ catalog }) => catalog.findEvent(id)),
    },
    policies: { find: (id) => inConcert(id, ({ policies }) => policies.find(id)) },
    layoutReads: { find: (of) => inEvent(of.eventId, ({ layoutReads }) => layoutReads.find(of)) },
    layoutTemplateReads: {
      list: (page) => inStaff(({ layoutTemplateReads }) => layoutTemplateReads.list(page)),
      find: (id) => inStaff(({ layoutTemplateReads }) => layoutTemplateReads.find(id)),
    },
    blockedSeatReads: {
      list: (id, page) => inEvent(id, ({ blockedSeatReads }) => blockedSeatReads.list(id, page)),
    },
    cancellationReads: {
      find: (id) => inEvent(id, ({ cancellationReads }) => cancellationReads.find(id)),
      async listUnfinished(limit) {
        const lists = await everywhere('sales', ({ cancellationReads }) =>
          cancellationReads.listUnfinished(limit),
        );
        return inTurn(lists).slice(0, limit);
      },
      listOpen: (query) =>
        inEvent(query.eventId, ({ cancellationReads }) => cancellationReads.listOpen(query)),
    },
    seatReads: {
      findAvailability: (id, asked) => inEvent(id, ({ seatReads }) => seatReads.findAvailability(id, asked)),
      list: (id, places) => inEvent(id, ({ seatReads }) => seatReads.list(id, places)),
      readStates: (id, places) => inEvent(id, ({ seatReads }) => seatReads.readStates(id, places)),
      readStatesForStaff: (id) => inEvent(id, ({ seatReads }) => seatReads.readStatesForStaff(id)),
      async countAvailable(ids) {
        const slots = await Promise.all(ids.map((id) => locator.ofEvent(id)));
        const byShard = Map.groupBy(ids, (_, index) => shards.shardOf('sales', slots[index]!));
        const counts = await Promise.all(
          [...byShard].map(([first, own]) => inSale(first, ({ seatReads }) => seatReads.countAvailable(own))),
        );
        return new Map<EventId, SeatCount>(counts.flatMap((own) => [...own]));
      },
    },
    reservationReads: {
      find: (id) => byId('reservation', id, ({ reservationReads }) => reservationReads.find(id)),
      async list(userId, page) {
        const pages = await everywhere('sales', ({ reservationReads }) =>
          reservationReads.list(userId, page),
        );
        return mergePages(pages, page, descendingById, ({ id }) => id);
      },
      async listLapsed(limit) {
        const lists = await everywhere('sales', ({ reservationReads }) => reservationReads.listLapsed(limit));
        return inTurn(lists).slice(0, limit);
      },
    },
    orderReads: {
      list: (id, ...rest) => inEvent(id, ({ orderReads }) => orderReads.list(id, ...rest)),
      findRecords: (id) => inReservation(id, ({ orderReads }) => orderReads.findRecords(id)),
      reportSales: (id) => inEvent(id, ({ orderReads }) => orderReads.reportSales(id)),
    },
    gateCheckInReads: {
      list: (id) => inReservation(id, ({ gateCheckInReads }) => gateCheckInReads.list(id)),
      count: (id) => inEvent(id, ({ gateCheckInReads }) => gateCheckInReads.count(id)),
    },
    walletReads: {
      find: (id) => ofUser(id, ({ walletReads }) => walletReads.find(id)),
      listEntries: (id, page) => ofUser(id, ({ walletReads }) => walletReads.listEntries(id, page)),
    },
    ledgerReads: {
      async list(range, page) {
        const pages = await everywhere('accounts', ({ ledgerReads }) => ledgerReads.list(range, page));
        return mergePages(
          pages,
          page,
          (a, b) => a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id),
          ({ createdAt, id }) => `${createdAt}:${id}`,
        );
      },
      sumBefore: (instant) =>
        sumOf(everywhere('accounts', ({ ledgerReads }) => ledgerReads.sumBefore(instant))),
    },
    ledgerTotals: {
      async saveNext(settlesMs) {
        const saved = await everywhere('accounts', ({ ledgerTotals }) => ledgerTotals.saveNext(settlesMs));
        return saved.includes(true);
      },
    },
    paymentReads: {
      find: (id) => byId('payment', id, ({ paymentReads }) => paymentReads.find(id)),
      findFailed: (id) => byId('failed_payment', id, ({ paymentReads }) => paymentReads.findFailed(id)),
      async list(userId, page) {
        const pages = await everywhere('sales', ({ paymentReads }) => paymentReads.list(userId, page));
        return mergePages(pages, page, descendingById, ({ id }) => id);
      },
    },
    failedPaymentPurge: {
      purge: (...args) => sumOf(everywhere('sales', (reads) => reads.failedPaymentPurge.purge(...args))),
    },
    queueEndReads: {
      find: (place) => inConcert(place.concertId, ({ queueEndReads }) => queueEndReads.find(place)),
      async *listRecent(concertId, withinMs) {
        yield* await inConcert(concertId, async ({ queueEndReads }) => {
          const pages = [];
          for await (const page of queueEndReads.listRecent(concertId, withinMs)) pages.push(page);
          return pages;
        });
      },
    },
    queueEndPurge: {
      purge: (...args) => sumOf(everywhere('sales', ({ queueEndPurge }) => queueEndPurge.purge(...args))),
    },
    saleCodeReads: { list: (id, page) => inConcert(id, ({ saleCodeReads }) => saleCodeReads.list(id, page)) },
    idempotencyPurge: {
      purge: (...args) => sumOf(inAll(({ idempotencyPurge }) => idempotencyPurge.purge(...args))),
    },
    outboxReads: {
      async oldestAgeMs() {
        return Math.max(...(await inAll(({ outboxReads }) => outboxReads.oldestAgeMs())));
      },
      purge: (...args) => sumOf(inAll(({ outboxReads }) => outboxReads.purge(...args))),
    },
    auditLogReads: { list: (...args) => inStaff(({ auditLogReads }) => auditLogReads.list(...args)) },
    inventoryReads: { count: (id) => inConcert(id, ({ inventoryReads }) => inventoryReads.count(id)) },
    roomRecords: {
      async listOpened() {
        return (await everywhere('sales', ({ roomRecords }) => roomRecords.listOpened())).flat();
      },
      find: (id) => inConcert(id, ({ roomRecords }) => roomRecords.find(id)),
      raiseEpoch: (id, from) => inConcert(id, ({ roomRecords }) => roomRecords.raiseEpoch(id, from)),
      saveWatermark: (id, mark) => inConcert(id, ({ roomRecords }) => roomRecords.saveWatermark(id, mark)),
    },
    sellOutReads: { find: (id) => inConcert(id, ({ sellOutReads }) => sellOutReads.find(id)) },
    webhookEndpointReads: {
      find: (id) => inStaff(({ webhookEndpointReads }) => webhookEndpointReads.find(id)),
      list: (page) => inStaff(({ webhookEndpointReads }) => webhookEndpointReads.list(page)),
      listWantedTypes: () => inStaff(({ webhookEndpointReads }) => webhookEndpointReads.listWantedTypes()),
      listEnabled: () => inStaff(({ webhookEndpointReads }) => webhookEndpointReads.listEnabled()),
    },
    webhookDeliveryReads: {
      list: (...args) => inStaff(({ webhookDeliveryReads }) => webhookDeliveryReads.list(...args)),
      find: (...args) => inStaff(({ webhookDeliveryReads }) => webhookDeliveryReads.find(...args)),
      listBacklogs: () => inStaff(({ webhookDeliveryReads }) => webhookDeliveryReads.listBacklogs()),
      purge: (...args) => inStaff(({ webhookDeliveryReads }) => webhookDeliveryReads.purge(...args)),
    },
  };
}
