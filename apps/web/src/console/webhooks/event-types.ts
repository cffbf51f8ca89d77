import type { NewWebhookEndpoint, WebhookEndpoint } from '@frontrow/client';
import type { Tone } from '../components/badges.tsx';

export type EventType = NewWebhookEndpoint['eventTypes'][number];

/** What frontrow reports. */
export const EVENT_TYPES: Readonly<Record<EventType, string>> = {
  'reservation.held': 'Seats are held',
  'reservation.expired': 'A hold has expired',
  'reservation.cancelled': 'A hold was cancelled',
  'payment.completed': 'An order is paid or given',
  'payment.failed': 'A payment has failed',
  'reservation.refunded': 'An order is refunded',
  'event.changed': 'A date was changed',
  'event.cancelled': 'A date is cancelled',
  'room.sold_out': 'A concert is sold out',
};

export const ALL_TYPES = Object.keys(EVENT_TYPES) as readonly EventType[];

type State = Pick<WebhookEndpoint, 'enabled' | 'disabledReason' | 'failingSince'>;

/** Whether an endpoint gets messages at present. */
export function endpointState({ enabled, disabledReason, failingSince }: State): readonly [Tone, string] {
  if (enabled) return failingSince === null ? ['good', 'Enabled'] : ['warn', 'Enabled, deliveries fail'];
  if (disabledReason === 'FAILING') return ['bad', 'Disabled: deliveries failed too long'];
  if (disabledReason === 'GONE') return ['bad', 'Disabled: the receiver answered 410 Gone'];
  return ['neutral', 'Disabled'];
}
