/** The bodies of answers in the HTTP contract, repeated here so that a change of the contract breaks the tests. */
export type QueueStatus = {
  concertId: string;
  sequence: number;
  status: 'WAITING' | 'ACTIVE' | 'COMPLETED' | 'LEFT' | 'EXPIRED';
  room: 'NOT_OPEN' | 'OPEN' | 'PAUSED' | 'SOLD_OUT' | 'CLOSED';
  reason: string | null;
  seatsReturned: number | null;
  position: number | null;
  parked: boolean;
  estimatedWaitSeconds: number | null;
  pollAfterMs: number | null;
  issuedAt: string;
  asOf: string;
  sessionExpiresAt: string | null;
  token?: string;
};

export type SaleCode = { id: string; code?: string; usesMax: number; uses: number; revokedAt: string | null };

export type SeatStatus = 'AVAILABLE' | 'HELD' | 'SOLD';
export type SeatMap = {
  eventId: string;
  seatCount: number;
  availableCount: number;
  salesState: 'RUNNING' | 'STOPPED';
  reason: string | null;
  seats: { number: number; price: number; status: SeatStatus }[];
};

export type SeatStates = Pick<SeatMap, 'eventId' | 'salesState' | 'reason'> & {
  asOf: string;
  layoutVersion: number;
  price: number;
  states: string;
};

export type Reservation = {
  id: string;
  concertId: string;
  eventId: string;
  seatNumbers: number[];
  seats: { number: number; section: string; row: string; label: string }[] | null;
  status: 'HELD' | 'CONFIRMED' | 'EXPIRED' | 'CANCELLED' | 'REFUNDED';
  totalAmount: number;
  holdExpiresAt: string;
  createdAt: string;
  paymentId: string | null;
  complimentary: boolean;
  refundedSeats: number[];
  refundedAmount: number;
};

export type Payment = {
  id: string;
  reservationId: string;
  status: 'COMPLETED' | 'FAILED';
  failureCode: string | null;
  amount: number;
  balanceAfter: number;
  paidAt: string;
  refundedAmount: number;
};

export type Refund = {
  id: string;
  reservationId: string;
  seatNumbers: number[];
  amount: number;
  balanceAfter: number;
  refundedAt: string;
};

export type EntryTicket = {
  seatNumber: number;
  status: 'VALID' | 'CHECKED_IN' | 'REFUNDED';
  checkedInAt: string | null;
  code: string | null;
  qrSvg: string | null;
};

export type Wallet = { balance: number; currency: 'KRW' };
export type Charge = { entryId: string; amount: number; balanceAfter: number };
export type Page<T> = { items: T[]; nextCursor: string | null };

export type Room = {
  concertId: string;
  room: QueueStatus['room'];
  waiting: number;
  parked: number;
  active: number;
  admittedTotal: number;
  completedTotal: number;
  lastTickAt: string | null;
};

export type Policy = { admission: Record<string, unknown>; hold: Record<string, unknown> };

/** The members of a problem document beside its status. */
export type Problem = {
  code: string;
  detail: string;
  unavailableSeats?: number[];
  errors?: { pointer: string; detail: string }[];
};
