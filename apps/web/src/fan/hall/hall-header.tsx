import type { EventDetails } from '@frontrow/client';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { DateTime } from '../sale/date-time.tsx';
import { hallMessages } from './messages.ts';

/** What the seats are for. */
export function HallHeader({ event }: { readonly event: EventDetails }) {
  const texts = textsOf(hallMessages);
  return (
    <div class="hall-header">
      <PageTitle title={`${texts.title} · ${event.concert.title}`}>
        {event.concert.title} <span class="visually-hidden">{texts.title}</span>
      </PageTitle>
      <p class="muted">
        {event.venue} · <DateTime instant={event.startsAt} timeZone={event.timeZone} />
      </p>
    </div>
  );
}
