import { ok } from '@frontrow/domain/shared/result.ts';
import { unreachable } from '@frontrow/domain/shared/invariant.ts';
import type { OutboxMessage } from '../../ports/shared/outbox.ts';
import type { Ports } from '../../ports/ports.ts';
import { publishConcert } from '../../catalog/publish-concert.ts';
import { addPlaces } from '../../webhooks/add-places.ts';
import type { FindReservedPlaces } from '../halls/find-reserved-places.ts';

/** Delivers the due messages of the outbox at least once. Returns how many. */
export type RelayOutbox = () => Promise<number>;

const RELAY_BATCH = 100;
const RETRY_DELAY_MS = 1_000;

type RelayOutboxPorts = Pick<Ports, 'transact' | 'waitingRoom' | 'cache' | 'roomRecords' | 'traces'>;

export function createRelayOutbox(
  ports: RelayOutboxPorts,
  findReservedPlaces: FindReservedPlaces,
): RelayOutbox {
  return async () => {
    let total = 0;
    for (let taken = RELAY_BATCH; taken > 0;) {
      const batch = await relayBatch(ports, findReservedPlaces);
      taken = batch.taken;
      total += batch.delivered;
    }
    return total;
  };
}

async function relayBatch(
  ports: RelayOutboxPorts,
  findReservedPlaces: FindReservedPlaces,
): Promise<{ taken: number; delivered: number }> {
  const { value } = await ports.transact(async ({ outbox, webhookDeliveries }) => {
    const entries = await outbox.take(RELAY_BATCH);
    const messages = entries.flatMap(({ id, message }) =>
      message.kind === 'WEBHOOK' ? [{ entryId: id, message, traceparent: message.traceparent ?? null }] : [],
    );
    const [placed] = await Promise.allSettled([addPlaces(messages, findReservedPlaces)]);
    if (placed.status === 'fulfilled' && placed.value.length > 0) await webhookDeliveries.add(placed.value);
    const outcomes = await Promise.allSettled(
      entries.map(async ({ message }) => {
        // Without their places, webhook messages wait, and nothing else waits for them.
        if (message.kind === 'WEBHOOK' && placed.status === 'rejected') throw placed.reason;
        const { kind, traceparent = null } = message;
        return ports.traces.continue(traceparent, `relay-outbox ${kind}`, () => deliver(ports, message));
      }),
    );
    const ids = (status: PromiseSettledResult<void>['status']) =>
      entries.filter((_, index) => outcomes[index]?.status === status).map(({ id }) => id);
    await outbox.markDelivered(ids('fulfilled'));
    await outbox.postpone(ids('rejected'), RETRY_DELAY_MS);
    return ok({ taken: entries.length, delivered: ids('fulfilled').length });
  }, 'STAFF');
  return value;
}

async function deliver(ports: RelayOutboxPorts, message: OutboxMessage): Promise<void> {
  switch (message.kind) {
    case 'QUEUE_END':
      return ports.waitingRoom.end(message, message.reason, message.soldSeats);
    case 'CONCERT_CHANGED':
      return publishConcert(ports, message.concertId, message.eventId);
    case 'WEBHOOK':
      return; // stored with its deliveries, all messages of the batch together
    default:
      return unreachable(message);
  }
}
