import type { Concert, Event } from '@frontrow/client';
import { clock } from '../../shared/api.ts';
import { Badge, type Tone } from '../components/badges.tsx';
import { type SalesPhase, phaseOf } from './sales-phase.ts';

const TEXTS: Readonly<Record<SalesPhase, readonly [tone: Tone, text: string]>> = {
  CANCELLED: ['bad', 'Cancelled'],
  STOPPED: ['warn', 'Sales stopped'],
  CONCERT_STOPPED: ['warn', 'Sales of the concert stopped'],
  NOT_OPEN: ['neutral', 'Not on sale yet'],
  ON_SALE: ['good', 'On sale'],
  CLOSED: ['neutral', 'Sales closed'],
};

/** Whether a date sells at present. A stop of its concert comes before the state of the date. */
export function SalesBadge({ event, concert }: { readonly event: Event; readonly concert: Concert | null }) {
  const [tone, text] = TEXTS[phaseOf(event, concert, clock.now())];
  return <Badge tone={tone}>{text}</Badge>;
}
