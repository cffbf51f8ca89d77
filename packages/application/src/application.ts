import { createCachedCatalog } from './cached-catalog.ts';
import type { Ports } from './ports/ports.ts';
import { createAdmitWaiting } from './use-cases/admit-waiting.ts';
import { createCancelReservation } from './use-cases/cancel-reservation.ts';
import { createChangePolicy } from './use-cases/change-policy.ts';
import { createChargeWallet } from './use-cases/charge-wallet.ts';
import { createCountInventory } from './use-cases/count-inventory.ts';
import { createCreateConcert } from './use-cases/create-concert.ts';
import { createCreateEvent } from './use-cases/create-event.ts';
import { createExpireSessions } from './use-cases/expire-sessions.ts';
import { createExtendHold } from './use-cases/extend-hold.ts';
import { createGetConcert } from './use-cases/get-concert.ts';
import { createGetPayment } from './use-cases/get-payment.ts';
import { createGetPolicy } from './use-cases/get-policy.ts';
import { createGetQueueStatus } from './use-cases/get-queue-status.ts';
import { createGetReservation } from './use-cases/get-reservation.ts';
import { createGetWaitingRoom } from './use-cases/get-waiting-room.ts';
import { createGetWallet } from './use-cases/get-wallet.ts';
import { createHoldSeats } from './use-cases/hold-seats.ts';
import { createIssueQueueToken } from './use-cases/issue-queue-token.ts';
import { createLeaveQueue } from './use-cases/leave-queue.ts';
import { createListConcerts } from './use-cases/list-concerts.ts';
import { createListEvents } from './use-cases/list-events.ts';
import { createListPayments } from './use-cases/list-payments.ts';
import { createListReservations } from './use-cases/list-reservations.ts';
import { createListSeats } from './use-cases/list-seats.ts';
import { createListWalletEntries } from './use-cases/list-wallet-entries.ts';
import { createPayReservation } from './use-cases/pay-reservation.ts';
import { createPurgeRecords } from './use-cases/purge-records.ts';
import { createRelayOutbox } from './use-cases/relay-outbox.ts';
import { createRemoveFromQueue } from './use-cases/remove-from-queue.ts';
import { createSaveWatermarks } from './use-cases/save-watermarks.ts';
import { createSweepHolds } from './use-cases/sweep-holds.ts';

export type Application = ReturnType<typeof createApplication>;

/** The table of contents: everything that frontrow does, each by its one verb. */
export function createApplication(adapters: Ports) {
  const ports: Ports = { ...adapters, catalog: createCachedCatalog(adapters.catalog, adapters.cache) };
  return {
    listConcerts: createListConcerts(ports),
    getConcert: createGetConcert(ports),
    listEvents: createListEvents(ports),
    issueQueueToken: createIssueQueueToken(ports),
    getQueueStatus: createGetQueueStatus(ports),
    leaveQueue: createLeaveQueue(ports),
    listSeats: createListSeats(ports),
    holdSeats: createHoldSeats(ports),
    getReservation: createGetReservation(ports),
    listReservations: createListReservations(ports),
    cancelReservation: createCancelReservation(ports),
    extendHold: createExtendHold(ports),
    payReservation: createPayReservation(ports),
    getPayment: createGetPayment(ports),
    listPayments: createListPayments(ports),
    getWallet: createGetWallet(ports),
    chargeWallet: createChargeWallet(ports),
    listWalletEntries: createListWalletEntries(ports),
    createConcert: createCreateConcert(ports),
    createEvent: createCreateEvent(ports),
    getPolicy: createGetPolicy(ports),
    changePolicy: createChangePolicy(ports),
    getWaitingRoom: createGetWaitingRoom(ports),
    removeFromQueue: createRemoveFromQueue(ports),
    admitWaiting: createAdmitWaiting(ports),
    expireSessions: createExpireSessions(ports),
    countInventory: createCountInventory(ports),
    saveWatermarks: createSaveWatermarks(ports),
    sweepHolds: createSweepHolds(ports),
    relayOutbox: createRelayOutbox(ports),
    purgeRecords: createPurgeRecords(ports),
  };
}
