import type { EventId } from '../shared/ids.ts';
import type { MessageSeat, WebhookMessage } from './message.ts';

/** The seats that a message is about. Null for a message without seats. */
export function seatNumbersOf({
  body,
}: WebhookMessage): { readonly eventId: EventId; readonly seatNumbers: readonly number[] } | null {
  const { data } = JSON.parse(body) as { data: { eventId: EventId; seatNumbers?: readonly number[] } };
  const { eventId, seatNumbers } = data;
  return seatNumbers === undefined ? null : { eventId, seatNumbers };
}

/** The message with these seats in its body. */
export function withSeats(message: WebhookMessage, seats: readonly MessageSeat[]): WebhookMessage {
  const { data, ...rest } = JSON.parse(message.body) as { data: object };
  return { ...message, body: JSON.stringify({ ...rest, data: { ...data, seats } }) };
}
