import type { TicketSeat } from '@frontrow/domain/booking/entry-ticket.ts';

/** Signs the codes of entry tickets, and verifies those that were signed with a live key. */
export type TicketCodes = {
  sign(seat: TicketSeat): string;
  /** Null for any other text. */
  verify(code: string): TicketSeat | null;
};
