import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';

/** Signs the ticket that a fan carries, and reads back only what it signed with a key that is still live. */
export type TokenSigner = {
  sign(ticket: Ticket): string;
  /** Null for anything that was not signed so, to the last bit. */
  verify(token: string): Ticket | null;
};
