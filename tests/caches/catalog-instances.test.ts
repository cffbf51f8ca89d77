import { randomUUID } from 'node:crypto';
import { createWebhookSecretGenerator } from '@frontrow/adapters/system/webhook-secrets.ts';
import { createWebhookSender } from '@frontrow/adapters/webhooks/webhook-sender.ts';
import { createMemoryPorts } from '@frontrow/adapters/memory/memory-ports.ts';
import { createMemoryWaitingRoom } from '@frontrow/adapters/memory/waiting-room/waiting-room.ts';
import { createRedisCache } from '@frontrow/adapters/redis/cache/shared-cache.ts';
import { closeRedis, openRedis, openSubscriber } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { NEAR_TTL_MS, createNearCache } from '@frontrow/adapters/redis/cache/near-cache.ts';
import { createSaleCodeTexts } from '@frontrow/adapters/system/sale-code-texts.ts';
import { createTicketCodes } from '@frontrow/adapters/system/ticket-codes.ts';
import { createApplication } from '@frontrow/application/application.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type MysqlTestPorts, openMysqlTestPorts } from '../support/mysql-test-ports.ts';
import { createBookableDate } from '../support/concert-on-sale.ts';
import { unwrap } from '../support/results.ts';
import { BY_STAFF } from '../support/staff.ts';

const INSTANCES = 3;
const CONCERT = {
  title: 'Winter Light',
  artist: 'The Night Owls',
  description: '',
  request: null,
  by: BY_STAFF,
};
const PAGE = { limit: 100, cursor: null };
/** Constant, so that only the cache decides which version is shown. */
const NOW = Date.now();
const logger = pino({ level: 'silent' });
const keys = createKeys(`test-${randomUUID()}`);

type Instance = Awaited<ReturnType<typeof openInstance>>;
let testPorts: MysqlTestPorts;
let instances: Instance[];

beforeAll(async () => {
  testPorts = await openMysqlTestPorts('grouped');
});
beforeEach(async () => {
  instances = await Promise.all(Array.from({ length: INSTANCES }, openInstance));
  return async () => {
    for (const { close } of instances) await close();
  };
});
afterAll(() => testPorts.close());

/** Opens the use cases of one process with its own near cache, whose clock the test sets. */
async function openInstance() {
  const options = { url: inject('redisUrl'), onError: () => undefined };
  const [redis, subscriber] = await Promise.all([openRedis(options), openSubscriber(options)]);
  const near = { now: 0 };
  const channel = keys.cacheInvalidated;
  const shared = createRedisCache({ redis, keys, logger });
  const cache = await createNearCache({ shared, subscriber, channel, now: () => near.now });
  const clock = { now: () => NOW };
  const { roomRecords, transact, ids } = testPorts.ports;
  const others = createMemoryPorts({
    clock,
    ids,
    random: () => 0.5,
    tokenSigner: { sign: (ticket) => JSON.stringify(ticket), verify: (token) => JSON.parse(token) as Ticket },
    webhookSender: createWebhookSender({ allowsPrivate: true }),
    newWebhookSecret: createWebhookSecretGenerator(),
    ticketCodes: createTicketCodes([{ keyId: 'T', secret: 'a secret of the tests' }]),
    saleCodeTexts: createSaleCodeTexts([{ keyId: 'T', secret: 'a secret of the tests' }]),
    onJobError: () => undefined,
  });
  const waitingRoom = createMemoryWaitingRoom({ clock, roomRecords, transact });
  return {
    app: createApplication({ ...others, ...testPorts.ports, waitingRoom, cache }),
    near,
    /** Stops the messages of invalidations. */
    unsubscribe: () => subscriber.unsubscribe(channel),
    close: () => Promise.all([closeRedis(redis), closeRedis(subscriber)]),
  };
}

/** The title and counts that an instance shows of a concert, and how many concerts it lists. */
async function shownBy({ app }: Instance, concertId: string) {
  const concert = await app.getConcert(concertId);
  const [all, bookable] = await Promise.all(
    [false, true].map((only) => app.listEvents({ concertId, bookable: only, page: PAGE })),
  );
  const count = (listed: typeof all) => (listed?.ok === true ? listed.value.items.length : null);
  return {
    concerts: (await app.listConcerts(PAGE)).items.length,
    title: concert.ok ? concert.value.title : null,
    dates: count(all),
    bookable: count(bookable),
  };
}

/** Lets every instance cache a concert without dates. `change` adds a date to it, and another concert. */
async function cacheConcertEverywhere() {
  const [first, ...others] = instances as [Instance, ...Instance[]];
  const { id: concertId } = unwrap(await first.app.createConcert(CONCERT)).value;
  await eventually(async () => {
    for (const instance of others) expect((await shownBy(instance, concertId)).title).toBe(CONCERT.title);
  });
  const before = await shownBy(first, concertId);
  for (const instance of others) {
    instance.near.now += NEAR_TTL_MS;
    expect(await shownBy(instance, concertId)).toEqual(before);
  }
  const change = async () => {
    unwrap(await first.app.createConcert(CONCERT));
    await createBookableDate(first.app, concertId, NOW, { seatCount: 1 });
  };
  return {
    first,
    others,
    concertId,
    before,
    change,
    after: { ...before, concerts: before.concerts + 1, dates: 1, bookable: 1 },
  };
}

describe("an admin's change of the catalog", () => {
  it('is shown by every instance when its message arrives, although their near caches are fresh', async () => {
    const { first, others, concertId, change, after } = await cacheConcertEverywhere();
    await change();
    expect(await shownBy(first, concertId)).toEqual(after);
    for (const instance of others)
      await eventually(async () => expect(await shownBy(instance, concertId)).toEqual(after));
  });

  it('is shown by every instance within a second when its message is lost', async () => {
    const { others, concertId, before, change, after } = await cacheConcertEverywhere();
    await Promise.all(others.map((instance) => instance.unsubscribe()));
    await change();
    for (const instance of others) {
      instance.near.now += NEAR_TTL_MS - 1;
      expect(await shownBy(instance, concertId)).toEqual(before);
      instance.near.now += 1;
      expect(await shownBy(instance, concertId)).toEqual(after);
    }
  });
});
