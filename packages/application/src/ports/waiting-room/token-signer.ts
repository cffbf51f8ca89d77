import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';

/** Signs tickets, and verifies those that were signed with a live key. */
export type TokenSigner = {
  sign(ticket: Ticket): string;
  /** Null for any other text. */
  verify(token: string): Ticket | null;
};
