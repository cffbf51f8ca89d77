import { GROUP_MAX } from './shared/group-queue.ts';
import { createCountAvailable } from './catalog/count-available.ts';
import { createCountCategories } from './catalog/count-categories.ts';
import { createCachedCatalog } from './catalog/cached-catalog.ts';
import { createFindEventLayout } from './halls/find-event-layout.ts';
import { createFindHall } from './halls/find-hall.ts';
import type { Ports } from './ports/ports.ts';
import { createAdjustWallet } from './use-cases/payments/adjust-wallet.ts';
import { createAdmitWaiting } from './use-cases/maintenance/admit-waiting.ts';
import { createBlockSeats, createReleaseBlockedSeats } from './use-cases/halls/block-seats.ts';
import { createCancelByStaff } from './use-cases/booking/cancel-by-staff.ts';
import { createCancelEvent } from './use-cases/catalog/cancel-event.ts';
import { createCancelReservation } from './use-cases/booking/cancel-reservation.ts';
import { createChangePolicy } from './use-cases/catalog/change-policy.ts';
import { createChangeConcertSales, createChangeEventSales } from './use-cases/catalog/change-sales.ts';
import { createChargeWallet } from './use-cases/payments/charge-wallet.ts';
import { createCheckInTicket } from './use-cases/booking/check-in-ticket.ts';
import { createCountCheckIns } from './use-cases/booking/count-check-ins.ts';
import { createCountInventory } from './use-cases/maintenance/count-inventory.ts';
import { createCreateConcert } from './use-cases/catalog/create-concert.ts';
import { createCreateSaleCodes } from './use-cases/waiting-room/create-sale-codes.ts';
import { createCreateEvent } from './use-cases/catalog/create-event.ts';
import { createDeleteConcert, createEditConcert } from './use-cases/catalog/edit-concert.ts';
import { createDeleteEvent, createEditEvent } from './use-cases/catalog/edit-event.ts';
import { createReadCatalog } from './use-cases/catalog/read-catalog.ts';
import { createEndCancelledDates } from './use-cases/maintenance/end-cancelled-dates.ts';
import { createExpireSessions } from './use-cases/maintenance/expire-sessions.ts';
import { createExportLedger, createListLedger } from './use-cases/payments/read-ledger.ts';
import { createExportOrders, createListOrders } from './use-cases/booking/list-orders.ts';
import { createExtendHold } from './use-cases/booking/extend-hold.ts';
import { createFindReservedEvents } from './use-cases/catalog/find-reserved-events.ts';
import { createGetCancellation } from './use-cases/catalog/get-cancellation.ts';
import { createGetConcert } from './use-cases/catalog/get-concert.ts';
import { createGetEvent } from './use-cases/catalog/get-event.ts';
import { createFindReservedPlaces } from './use-cases/halls/find-reserved-places.ts';
import { createGetLayout } from './use-cases/halls/get-layout.ts';
import { createExportLayout } from './use-cases/halls/export-layout.ts';
import { createCreateLayoutTemplate } from './use-cases/halls/create-layout-template.ts';
import {
  createDeleteLayoutTemplate,
  createReplaceLayoutTemplate,
} from './use-cases/halls/edit-layout-template.ts';
import {
  createGetLayoutTemplate,
  createListLayoutTemplates,
} from './use-cases/halls/read-layout-templates.ts';
import { createReplaceLayout, createRepriceCategory } from './use-cases/halls/replace-layout.ts';
import { createGetOrder } from './use-cases/booking/get-order.ts';
import { createGetPayment } from './use-cases/payments/get-payment.ts';
import { createGetPolicy } from './use-cases/catalog/get-policy.ts';
import { createGetQueueStatus } from './use-cases/waiting-room/get-queue-status.ts';
import { createGetRoomStatus } from './use-cases/waiting-room/get-room-status.ts';
import { createGetReservation } from './use-cases/booking/get-reservation.ts';
import { createGetWaitingRoom } from './use-cases/waiting-room/get-waiting-room.ts';
import { createGetWallet } from './use-cases/payments/get-wallet.ts';
import { createGiveSeats } from './use-cases/booking/give-seats.ts';
import { createHoldSeats } from './use-cases/booking/hold-seats.ts';
import { createIssueQueueToken } from './use-cases/waiting-room/issue-queue-token.ts';
import { createKeepSeats } from './use-cases/booking/keep-seats.ts';
import { createLeaveQueue } from './use-cases/waiting-room/leave-queue.ts';
import { createGetSeatStates } from './use-cases/booking/get-seat-states.ts';
import { createListAuditLog } from './use-cases/shared/list-audit-log.ts';
import { createListBlockedSeats } from './use-cases/halls/list-blocked-seats.ts';
import { createListConcerts } from './use-cases/catalog/list-concerts.ts';
import { createListEntryTickets } from './use-cases/booking/list-entry-tickets.ts';
import { createListEvents } from './use-cases/catalog/list-events.ts';
import { createListJobs } from './use-cases/shared/list-jobs.ts';
import { createListPayments } from './use-cases/payments/list-payments.ts';
import { createListReservations } from './use-cases/booking/list-reservations.ts';
import { createListSaleCodes } from './use-cases/waiting-room/list-sale-codes.ts';
import { createListSeatStates } from './use-cases/booking/list-seat-states.ts';
import { createListSeats } from './use-cases/booking/list-seats.ts';
import { createListWalletEntries } from './use-cases/payments/list-wallet-entries.ts';
import { createPayReservation } from './use-cases/payments/pay-reservation.ts';
import { createPurgeRecords } from './use-cases/maintenance/purge-records.ts';
import { createRefundByStaff } from './use-cases/payments/refund-by-staff.ts';
import { createRefundReservation } from './use-cases/payments/refund-reservation.ts';
import { createRelayOutbox } from './use-cases/maintenance/relay-outbox.ts';
import { createRemoveFromQueue } from './use-cases/waiting-room/remove-from-queue.ts';
import { createReportSales } from './use-cases/booking/report-sales.ts';
import { createSaveLedgerTotals } from './use-cases/maintenance/save-ledger-totals.ts';
import { createRevokeSaleCode } from './use-cases/waiting-room/revoke-sale-code.ts';
import { createSaveWatermarks } from './use-cases/maintenance/save-watermarks.ts';
import { createListOpenRooms } from './use-cases/maintenance/list-open-rooms.ts';
import { createSweepHolds } from './use-cases/maintenance/sweep-holds.ts';
import { createChangeWebhookEndpoint } from './use-cases/webhooks/change-webhook-endpoint.ts';
import { createCreateWebhookEndpoint } from './use-cases/webhooks/create-webhook-endpoint.ts';
import { createDeleteWebhookEndpoint } from './use-cases/webhooks/delete-webhook-endpoint.ts';
import { createDeliverWebhooks } from './use-cases/maintenance/deliver-webhooks.ts';
import { createGetWebhookDelivery } from './use-cases/webhooks/get-webhook-delivery.ts';
import { createGetWebhookEndpoint } from './use-cases/webhooks/get-webhook-endpoint.ts';
import { createListWebhookDeliveries } from './use-cases/webhooks/list-webhook-deliveries.ts';
import { createListWebhookEndpoints } from './use-cases/webhooks/list-webhook-endpoints.ts';
import { createRedeliverWebhook } from './use-cases/webhooks/redeliver-webhook.ts';
import { createReplayWebhooks } from './use-cases/webhooks/replay-webhooks.ts';
import { createRotateWebhookSecret } from './use-cases/webhooks/rotate-webhook-secret.ts';
import { createSendWebhookTest } from './use-cases/webhooks/send-webhook-test.ts';
import { createDatesAvailability } from './waiting-room/date-availability.ts';
import { createWatchSeats } from './use-cases/booking/watch-seats.ts';
import { withTraces } from './shared/with-traces.ts';
import { createWantedTypes, withWantedMessages } from './webhooks/wanted-types.ts';

export type Application = ReturnType<typeof createApplication>;

/**
 * The table of contents: every use case by its name. Reads of the catalog go through the cache. At most `groupMax` holds,
 * payments or charges share a transaction.
 */
export function createApplication(adapters: Ports, groupMax = GROUP_MAX) {
  const wantedTypes = createWantedTypes(adapters);
  const findEventLayout = createFindEventLayout(adapters.layoutReads);
  const ports: Ports = {
    ...adapters,
    catalog: createCachedCatalog(adapters.catalog, adapters.cache),
    transact: withTraces(withWantedMessages(adapters.transact, wantedTypes), adapters.traces),
  };
  const catalogs = { catalog: adapters.catalog, cachedCatalog: ports.catalog };
  const findReservedPlaces = createFindReservedPlaces(catalogs, findEventLayout);
  const countAvailable = createCountAvailable(ports);
  const countCategories = createCountCategories(findEventLayout);
  const listEvents = createListEvents({ ...ports, countAvailable });
  const datesAvailability = createDatesAvailability({ ...ports, listEvents, countCategories });
  return {
    listConcerts: createListConcerts(ports),
    getConcert: createGetConcert(ports),
    listEvents,
    getEvent: createGetEvent({ ...ports, countAvailable, countCategories }),
    findReservedPlaces,
    getLayout: createGetLayout(ports, findEventLayout),
    exportLayout: createExportLayout(adapters, findEventLayout),
    replaceLayout: createReplaceLayout(ports, findEventLayout),
    repriceCategory: createRepriceCategory(ports, findEventLayout),
    createLayoutTemplate: createCreateLayoutTemplate(
      { ...ports, catalog: adapters.catalog },
      findEventLayout,
    ),
    listLayoutTemplates: createListLayoutTemplates(ports),
    getLayoutTemplate: createGetLayoutTemplate(ports),
    replaceLayoutTemplate: createReplaceLayoutTemplate(ports),
    deleteLayoutTemplate: createDeleteLayoutTemplate(ports),
    issueQueueToken: createIssueQueueToken(ports),
    createSaleCodes: createCreateSaleCodes(ports),
    listSaleCodes: createListSaleCodes(ports),
    revokeSaleCode: createRevokeSaleCode(ports),
    getQueueStatus: createGetQueueStatus(ports),
    getRoomStatus: createGetRoomStatus({ ...ports, datesAvailability }),
    leaveQueue: createLeaveQueue(ports),
    listSeats: createListSeats(ports, findEventLayout),
    listSeatStates: createListSeatStates(ports),
    watchSeats: createWatchSeats(ports),
    holdSeats: createHoldSeats({ ...ports, findHall: createFindHall(findEventLayout) }, groupMax),
    getReservation: createGetReservation(ports),
    listReservations: createListReservations(ports),
    findReservedEvents: createFindReservedEvents(ports),
    cancelReservation: createCancelReservation(ports),
    keepSeats: createKeepSeats(ports),
    extendHold: createExtendHold(ports),
    payReservation: createPayReservation(ports, groupMax),
    refundReservation: createRefundReservation(ports),
    listEntryTickets: createListEntryTickets(ports, findReservedPlaces),
    checkInTicket: createCheckInTicket(ports),
    countCheckIns: createCountCheckIns(ports),
    getPayment: createGetPayment(ports),
    listPayments: createListPayments(ports),
    getWallet: createGetWallet(ports),
    chargeWallet: createChargeWallet(ports, groupMax),
    listWalletEntries: createListWalletEntries(ports),
    adjustWallet: createAdjustWallet(ports),
    createConcert: createCreateConcert(ports),
    createEvent: createCreateEvent(ports),
    readCatalog: createReadCatalog(adapters),
    editConcert: createEditConcert(ports),
    deleteConcert: createDeleteConcert(ports),
    editEvent: createEditEvent(ports),
    deleteEvent: createDeleteEvent(ports),
    changeConcertSales: createChangeConcertSales(ports),
    changeEventSales: createChangeEventSales(ports),
    cancelEvent: createCancelEvent(ports),
    getCancellation: createGetCancellation(ports),
    getPolicy: createGetPolicy(ports),
    changePolicy: createChangePolicy(ports),
    getWaitingRoom: createGetWaitingRoom(ports),
    removeFromQueue: createRemoveFromQueue(ports),
    listOrders: createListOrders(ports),
    exportOrders: createExportOrders(ports),
    getOrder: createGetOrder({ ...ports, catalog: adapters.catalog }),
    getSeatStates: createGetSeatStates(ports),
    reportSales: createReportSales(adapters, findEventLayout),
    giveSeats: createGiveSeats(ports),
    blockSeats: createBlockSeats(ports, findEventLayout),
    releaseBlockedSeats: createReleaseBlockedSeats(ports, findEventLayout),
    listBlockedSeats: createListBlockedSeats(adapters, findEventLayout),
    cancelByStaff: createCancelByStaff(ports),
    refundByStaff: createRefundByStaff(ports),
    listLedger: createListLedger(ports),
    exportLedger: createExportLedger(ports),
    listAuditLog: createListAuditLog(ports),
    listJobs: createListJobs(ports),
    createWebhookEndpoint: createCreateWebhookEndpoint(ports, wantedTypes),
    listWebhookEndpoints: createListWebhookEndpoints(ports),
    getWebhookEndpoint: createGetWebhookEndpoint(ports),
    changeWebhookEndpoint: createChangeWebhookEndpoint(ports, wantedTypes),
    deleteWebhookEndpoint: createDeleteWebhookEndpoint(ports, wantedTypes),
    rotateWebhookSecret: createRotateWebhookSecret(ports),
    sendWebhookTest: createSendWebhookTest(ports),
    replayWebhooks: createReplayWebhooks(ports),
    listWebhookDeliveries: createListWebhookDeliveries(ports),
    getWebhookDelivery: createGetWebhookDelivery(ports),
    redeliverWebhook: createRedeliverWebhook(ports),
    admitWaiting: createAdmitWaiting(ports),
    expireSessions: createExpireSessions(ports),
    countInventory: createCountInventory(ports),
    saveWatermarks: createSaveWatermarks(ports),
    listOpenRooms: createListOpenRooms(ports),
    saveLedgerTotals: createSaveLedgerTotals(ports),
    endCancelledDates: createEndCancelledDates(ports),
    sweepHolds: createSweepHolds(ports),
    relayOutbox: createRelayOutbox(ports, findReservedPlaces),
    deliverWebhooks: createDeliverWebhooks(ports),
    purgeRecords: createPurgeRecords(ports),
  };
}
