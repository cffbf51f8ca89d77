import { adjustWallet } from './admin/adjust-wallet.ts';
import { blockSeats } from './admin/block-seats.ts';
import { cancelByStaff } from './admin/cancel-by-staff.ts';
import { cancelEvent } from './admin/cancel-event.ts';
import { changeConcertSales } from './admin/change-concert-sales.ts';
import { changeEventSales } from './admin/change-event-sales.ts';
import { changePolicy } from './admin/change-policy.ts';
import { createConcert } from './admin/create-concert.ts';
import { createSaleCodes } from './admin/create-sale-codes.ts';
import { createEvent } from './admin/create-event.ts';
import { getSeatStates } from './admin/get-seat-states.ts';
import { getOrder } from './admin/get-order.ts';
import { deleteConcert } from './admin/delete-concert.ts';
import { deleteEvent } from './admin/delete-event.ts';
import { editConcert } from './admin/edit-concert.ts';
import { editEvent } from './admin/edit-event.ts';
import { getAdminConcert } from './admin/get-admin-concert.ts';
import { getAdminEvent } from './admin/get-admin-event.ts';
import { listAdminConcerts } from './admin/list-admin-concerts.ts';
import { listAdminEvents } from './admin/list-admin-events.ts';
import { getCancellation } from './admin/get-cancellation.ts';
import { getPolicy } from './admin/get-policy.ts';
import { getWaitingRoom } from './admin/get-waiting-room.ts';
import { getUserWallet } from './admin/get-user-wallet.ts';
import { listLedger } from './admin/list-ledger.ts';
import { giveSeats } from './admin/give-seats.ts';
import { listOrders } from './admin/list-orders.ts';
import { listSaleCodes } from './admin/list-sale-codes.ts';
import { listUserOrders } from './admin/list-user-orders.ts';
import { listBlockedSeats } from './admin/list-blocked-seats.ts';
import { releaseBlockedSeats } from './admin/release-blocked-seats.ts';
import { listUserWalletEntries } from './admin/list-user-wallet-entries.ts';
import { listAuditLog } from './admin/list-audit-log.ts';
import { listJobs } from './admin/list-jobs.ts';
import { refundByStaff } from './admin/refund-by-staff.ts';
import { revokeSaleCode } from './admin/revoke-sale-code.ts';
import { removeFromQueue } from './admin/remove-from-queue.ts';
import { reportSales } from './admin/report-sales.ts';
import { checkInTicket } from './admin/check-in-ticket.ts';
import { countCheckIns } from './admin/count-check-ins.ts';
import { cancelReservation } from './booking/cancel-reservation.ts';
import { extendHold } from './booking/extend-hold.ts';
import { getReservation } from './booking/get-reservation.ts';
import { holdSeats } from './booking/hold-seats.ts';
import { keepSeats } from './booking/keep-seats.ts';
import { listEntryTickets } from './booking/list-entry-tickets.ts';
import { listReservations } from './booking/list-reservations.ts';
import { listSeats } from './booking/list-seats.ts';
import { streamSeats } from './booking/stream-seats.ts';
import { getConcert } from './catalog/get-concert.ts';
import { getEvent } from './catalog/get-event.ts';
import { listConcerts } from './catalog/list-concerts.ts';
import { listEvents } from './catalog/list-events.ts';
import { getLayout } from './halls/get-layout.ts';
import { createLayoutTemplate } from './halls/create-layout-template.ts';
import { deleteLayoutTemplate } from './halls/delete-layout-template.ts';
import { exportLayout } from './halls/export-layout.ts';
import { getLayoutTemplate } from './halls/get-layout-template.ts';
import { listLayoutTemplates } from './halls/list-layout-templates.ts';
import { replaceLayoutTemplate } from './halls/replace-layout-template.ts';
import { replaceLayout } from './halls/replace-layout.ts';
import { repriceCategory } from './halls/reprice-category.ts';
import { chargeWallet } from './payments/charge-wallet.ts';
import { getPayment } from './payments/get-payment.ts';
import { getWallet } from './payments/get-wallet.ts';
import { listPayments } from './payments/list-payments.ts';
import { listWalletEntries } from './payments/list-wallet-entries.ts';
import { payReservation } from './payments/pay-reservation.ts';
import { refundReservation } from './payments/refund-reservation.ts';
import type { Route } from './route.ts';
import { getQueueStatus } from './waiting-room/get-queue-status.ts';
import { getRoomStatus } from './waiting-room/get-room-status.ts';
import { issueQueueToken } from './waiting-room/issue-queue-token.ts';
import { leaveQueue } from './waiting-room/leave-queue.ts';
import { streamQueueStatus } from './waiting-room/stream-queue-status.ts';
import { changeWebhookEndpoint } from './webhooks/change-webhook-endpoint.ts';
import { createWebhookEndpoint } from './webhooks/create-webhook-endpoint.ts';
import { deleteWebhookEndpoint } from './webhooks/delete-webhook-endpoint.ts';
import { getWebhookDelivery } from './webhooks/get-webhook-delivery.ts';
import { getWebhookEndpoint } from './webhooks/get-webhook-endpoint.ts';
import { listWebhookDeliveries } from './webhooks/list-webhook-deliveries.ts';
import { listWebhookEndpoints } from './webhooks/list-webhook-endpoints.ts';
import { redeliverWebhook } from './webhooks/redeliver-webhook.ts';
import { replayWebhooks } from './webhooks/replay-webhooks.ts';
import { rotateWebhookSecret } from './webhooks/rotate-webhook-secret.ts';
import { sendWebhookTest } from './webhooks/send-webhook-test.ts';

/** Every operation of the API, in the order of the OpenAPI document. */
export const ROUTES: readonly Route[] = [
  listConcerts,
  getConcert,
  listEvents,
  getEvent,
  getLayout,
  exportLayout,
  replaceLayout,
  repriceCategory,
  createLayoutTemplate,
  listLayoutTemplates,
  getLayoutTemplate,
  replaceLayoutTemplate,
  deleteLayoutTemplate,
  getRoomStatus,
  issueQueueToken,
  getQueueStatus,
  streamQueueStatus,
  leaveQueue,
  listSeats,
  streamSeats,
  holdSeats,
  listReservations,
  getReservation,
  keepSeats,
  cancelReservation,
  extendHold,
  payReservation,
  listEntryTickets,
  listPayments,
  getPayment,
  refundReservation,
  getWallet,
  chargeWallet,
  listWalletEntries,
  createConcert,
  listAdminConcerts,
  getAdminConcert,
  editConcert,
  deleteConcert,
  createEvent,
  listAdminEvents,
  getAdminEvent,
  editEvent,
  deleteEvent,
  changeConcertSales,
  changeEventSales,
  cancelEvent,
  getCancellation,
  getPolicy,
  changePolicy,
  createSaleCodes,
  listSaleCodes,
  revokeSaleCode,
  getWaitingRoom,
  removeFromQueue,
  listOrders,
  getSeatStates,
  giveSeats,
  blockSeats,
  releaseBlockedSeats,
  listBlockedSeats,
  reportSales,
  getOrder,
  cancelByStaff,
  refundByStaff,
  listUserOrders,
  getUserWallet,
  listUserWalletEntries,
  adjustWallet,
  listLedger,
  checkInTicket,
  countCheckIns,
  listAuditLog,
  listJobs,
  createWebhookEndpoint,
  listWebhookEndpoints,
  getWebhookEndpoint,
  changeWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  sendWebhookTest,
  replayWebhooks,
  listWebhookDeliveries,
  getWebhookDelivery,
  redeliverWebhook,
];
