import type { EndReason } from '@frontrow/domain/waiting-room/queue-token.ts';

/** How an entry of the room's log begins; the sequence follows, and after ENDED `:` and the reason. */
export const LOG_CODES = { LEFT_LINE: '-', RESTORED_TO_LINE: '+', ENDED: 'x' } as const;

export type LogChange =
  | { readonly kind: 'LEFT_LINE'; readonly sequence: number }
  | { readonly kind: 'RESTORED_TO_LINE'; readonly sequence: number }
  | { readonly kind: 'ENDED'; readonly sequence: number; readonly reason: EndReason };

export function readLogEntry(entry: string): LogChange {
  const code = entry.charAt(0);
  const [sequenceText, reason] = entry.slice(1).split(':');
  const sequence = Number(sequenceText);
  if (code === LOG_CODES.LEFT_LINE) return { kind: 'LEFT_LINE', sequence };
  if (code === LOG_CODES.RESTORED_TO_LINE) return { kind: 'RESTORED_TO_LINE', sequence };
  return { kind: 'ENDED', sequence, reason: reason as EndReason };
}
