import { guarded } from './call-back.ts';

/** How a page learns of changes at present. */
export type Connection =
  | { readonly kind: 'streaming' }
  | { readonly kind: 'polling' }
  /**
   * Nothing can be learnt at present, because of the problem with this code. `retryAt` is the time of the next request by the
   * clock of this device in ms since 1970; null while a stream waits for its server.
   */
  | { readonly kind: 'waiting'; readonly code: string; readonly retryAt: number | null };

/** Calls back only for what differs from the time before. */
export function whenChanged(
  onConnection: ((connection: Connection) => void) | undefined,
): (connection: Connection) => void {
  const report = guarded((connection: Connection) => onConnection?.(connection));
  let last = '';
  return (connection) => {
    const text = JSON.stringify(connection);
    if (text !== last) report(connection);
    last = text;
  };
}
