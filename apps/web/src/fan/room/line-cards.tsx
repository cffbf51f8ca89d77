import type { Concert } from '@frontrow/client';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Countdown, useMsUntil } from '../../shared/components/countdown.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { formatDateTime, formatNumber, formatTime } from '../../shared/i18n/formats.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { announceSlowly } from './announce-slowly.ts';
import { ConcertName } from './concert-name.tsx';
import { formatWait } from './format-wait.ts';
import { roomMessages } from './messages.ts';
import type { Line, LineState } from './room-view.ts';

type LineCardProps = { readonly concert: Concert; readonly state: LineState; readonly line: Line };

/** The position of a waiting fan, the estimate, and what holds the line up. */
export function LineCard({ concert, state, line }: LineCardProps) {
  const texts = textsOf(roomMessages);
  const position = line.position === null ? null : formatNumber(line.position);
  const title = position === null ? texts.states[state.kind] : texts.inTitle(position);
  const ahead =
    line.position === null ? null : texts.ahead(line.position - 1, formatNumber(line.position - 1));
  useSlowAnnouncement(state.kind, texts.states[state.kind], ahead);
  return (
    <section class={`card room-card room-${state.kind.toLowerCase().replace('_', '-')}`}>
      <ConcertName concert={concert} />
      <PageTitle title={`${title} · ${concert.title}`}>{texts.states[state.kind]}</PageTitle>
      <StateDetails state={state} />
      {position !== null && state.kind !== 'CLOSED' && (
        <div class="room-position">
          <p class="muted">{texts.position}</p>
          <p class="room-number numbers">{position}</p>
          <p>{ahead}</p>
          <div class="room-progress" aria-hidden="true">
            <span style={{ width: `${Math.round(line.progress * 100)}%` }} />
          </div>
        </div>
      )}
      {state.kind === 'OPEN' && (
        <p>
          {texts.wait}: <strong>{formatWait(line.wait)}</strong>
        </p>
      )}
      <p class="muted small">
        {texts.updated(formatTime(line.asOf))}. {state.kind !== 'CLOSED' && texts.keepOpen}
      </p>
    </section>
  );
}

/** Says the position, and the state only once it has changed: the heading has told the first one. */
function useSlowAnnouncement(kind: LineState['kind'], state: string, ahead: string | null): void {
  const slowly = useMemo(() => announceSlowly(), []);
  const first = useRef(kind);
  const hasChanged = useRef(false);
  hasChanged.current ||= kind !== first.current;
  const texts = [hasChanged.current ? state : null, ahead].filter((text) => text !== null);
  const text = texts.join('. ');
  useEffect(() => slowly.say(text), [text]);
  useEffect(() => slowly.stop, []);
}

function StateDetails({ state }: { readonly state: LineState }) {
  const texts = textsOf(roomMessages);
  return (
    <>
      <p>{texts.statesMore[state.kind]}</p>
      {state.kind === 'NOT_OPEN' && state.opensAt !== null && <OpensIn opensAt={state.opensAt} />}
      {(state.kind === 'PAUSED' || state.kind === 'STOPPED') && state.reason !== null && (
        <figure class="room-reason">
          <figcaption class="muted small">{texts.reason}</figcaption>
          <blockquote class="reason">{state.reason}</blockquote>
        </figure>
      )}
      {state.kind === 'SOLD_OUT' && state.seatsReturned !== null && (
        <p>{texts.returned(state.seatsReturned, formatNumber(state.seatsReturned))}</p>
      )}
    </>
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;

function OpensIn({ opensAt }: { readonly opensAt: string }) {
  const texts = textsOf(roomMessages);
  const isNear = useMsUntil(opensAt) < DAY_MS;
  return (
    <div>
      {isNear && (
        <p>
          {texts.opensIn}{' '}
          <strong class="room-countdown">
            <Countdown until={opensAt} />
          </strong>
        </p>
      )}
      <p class="muted small">{texts.opensAt(formatDateTime(opensAt))}</p>
    </div>
  );
}

/** A fan who was called and did not answer in time, and is back. */
export function ParkedCard({ concert }: { readonly concert: Concert }) {
  const texts = textsOf(roomMessages);
  return (
    <section class="card room-card">
      <ConcertName concert={concert} />
      <PageTitle title={`${texts.parked} · ${concert.title}`}>{texts.parked}</PageTitle>
      <p>{texts.parkedMore}</p>
    </section>
  );
}
