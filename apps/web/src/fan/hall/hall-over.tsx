import type { EventDetails } from '@frontrow/client';
import { Notice } from '../../shared/components/notice.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { HallHeader } from './hall-header.tsx';
import { hallMessages } from './messages.ts';
import type { OverCode } from './open-hall.ts';

/** What the page shows once the fan cannot choose any more, and where to go from there. */
export function HallOver({ event, code }: { readonly event: EventDetails; readonly code: OverCode }) {
  const texts = textsOf(hallMessages);
  const isSession = code === 'SESSION_OVER';
  const [title, text] = {
    SESSION_OVER: [texts.sessionOver, texts.sessionOverText],
    EVENT_NOT_BOOKABLE: [texts.saleOver, texts.saleOverText],
    OTHER: [texts.otherOver, ''],
  }[code] as [string, string];
  return (
    <div class="stack">
      <HallHeader event={event} />
      <Notice tone="warn" title={title} alert>
        <p>{text}</p>
        <p class="row">
          {isSession && (
            <a class="button" href={`/concerts/${event.concertId}/room`}>
              {texts.toRoom}
            </a>
          )}
          <a class="button button-quiet" href={`/concerts/${event.concertId}`}>
            {texts.toConcert}
          </a>
        </p>
      </Notice>
    </div>
  );
}
