import { cancelReservation } from './cancel-reservation.ts';
import { changePolicy } from './change-policy.ts';
import { chargeWallet } from './charge-wallet.ts';
import { createConcert } from './create-concert.ts';
import { createEvent } from './create-event.ts';
import { extendHold } from './extend-hold.ts';
import { getConcert } from './get-concert.ts';
import { getPayment } from './get-payment.ts';
import { getPolicy } from './get-policy.ts';
import { getQueueStatus } from './get-queue-status.ts';
import { getReservation } from './get-reservation.ts';
import { getWaitingRoom } from './get-waiting-room.ts';
import { getWallet } from './get-wallet.ts';
import { holdSeats } from './hold-seats.ts';
import { issueQueueToken } from './issue-queue-token.ts';
import { leaveQueue } from './leave-queue.ts';
import { listConcerts } from './list-concerts.ts';
import { listEvents } from './list-events.ts';
import { listPayments } from './list-payments.ts';
import { listReservations } from './list-reservations.ts';
import { listSeats } from './list-seats.ts';
import { listWalletEntries } from './list-wallet-entries.ts';
import { payReservation } from './pay-reservation.ts';
import { removeFromQueue } from './remove-from-queue.ts';
import type { Route } from './route.ts';
import { streamQueueStatus } from './stream-queue-status.ts';

/** Every operation of the API, in the order of its documentation. */
export const ROUTES: readonly Route[] = [
  listConcerts,
  getConcert,
  listEvents,
  issueQueueToken,
  getQueueStatus,
  streamQueueStatus,
  leaveQueue,
  listSeats,
  holdSeats,
  listReservations,
  getReservation,
  cancelReservation,
  extendHold,
  payReservation,
  listPayments,
  getPayment,
  getWallet,
  chargeWallet,
  listWalletEntries,
  createConcert,
  createEvent,
  getPolicy,
  changePolicy,
  getWaitingRoom,
  removeFromQueue,
];
