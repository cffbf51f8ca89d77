import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { EndReason } from '@frontrow/domain/waiting-room/queue-token.ts';

/** How an entry of the room's log begins; the sequence follows, and after ENDED `:`, the reason, `:` and `keptFrom`. */
export const LOG_CODES = { LEFT_LINE: '-', RESTORED_TO_LINE: '+', ENDED: 'x' } as const;

export type LogChange =
  | { readonly kind: 'LEFT_LINE'; readonly sequence: number }
  | { readonly kind: 'RESTORED_TO_LINE'; readonly sequence: number }
  | {
      readonly kind: 'ENDED';
      readonly sequence: number;
      readonly reason: EndReason;
      /** The moment of the end, or the end of the session where that is later. */
      readonly keptFrom: Instant;
    };

export function readLogEntry(entry: string): LogChange {
  const code = entry.charAt(0);
  const [sequenceText, reason, keptFrom] = entry.slice(1).split(':');
  const sequence = Number(sequenceText);
  if (code === LOG_CODES.LEFT_LINE) return { kind: 'LEFT_LINE', sequence };
  if (code === LOG_CODES.RESTORED_TO_LINE) return { kind: 'RESTORED_TO_LINE', sequence };
  // An earlier version wrote no moment.
  return { kind: 'ENDED', sequence, reason: reason as EndReason, keptFrom: Number(keptFrom ?? Infinity) };
}
