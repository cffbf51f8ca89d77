import type { Concert } from '@frontrow/client';
import { tickets } from '../../shared/api.ts';
import { Countdown, useMsUntil } from '../../shared/components/countdown.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { JoinForm } from '../join/join-form.tsx';
import { joinMessages } from '../join/messages.ts';
import { type SaleState, bestSaleState, canJoin } from '../sale/sale-state.ts';
import { concertMessages } from './messages.ts';

type JoinPanelProps = {
  readonly concert: Concert;
  /** Null while the dates are loaded. */
  readonly states: readonly SaleState[] | null;
};

/** What a fan can do for this concert now: join, go back to a place, or nothing any more. */
export function JoinPanel({ concert, states }: JoinPanelProps) {
  const texts = textsOf(concertMessages);
  const best = states === null ? null : bestSaleState(states);
  return (
    <div class="card stack join-panel">
      <h2>{texts.tickets}</h2>
      {best !== null && <Situation state={best} />}
      {states !== null && canJoin(states) && <WayIn concertId={concert.id} />}
      {states === null && <span class="placeholder join-panel-placeholder" aria-hidden="true" />}
      {states?.length === 0 && <p class="muted">{texts.noDates}</p>}
    </div>
  );
}

function WayIn({ concertId }: { readonly concertId: string }) {
  const texts = textsOf(joinMessages);
  if (tickets.value.read(concertId) === null) return <JoinForm concertId={concertId} />;
  return (
    <>
      <p>{texts.hasPlace}</p>
      <a class="button" href={`/concerts/${concertId}/room`}>
        {texts.goToPlace}
      </a>
    </>
  );
}

function Situation({ state }: { readonly state: SaleState }) {
  const texts = textsOf(concertMessages);
  switch (state.kind) {
    case 'ON_SALE':
      return <p>{texts.onSale}</p>;
    case 'NOT_YET':
      return <OpensSoon opensAt={state.opensAt} />;
    case 'NO_SEATS':
      return <p>{texts.waitForSeats}</p>;
    case 'STOPPED':
      return (
        <>
          <p>
            <strong>{texts.stopped}</strong>
          </p>
          {state.reason !== null && <blockquote class="reason">{state.reason}</blockquote>}
          <p>{texts.stoppedMore}</p>
        </>
      );
    case 'ENDED':
    case 'CANCELLED':
    default:
      return (
        <p>
          <strong>{texts.over}</strong>
          <br />
          {texts.overMore}
        </p>
      );
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

function OpensSoon({ opensAt }: { readonly opensAt: string }) {
  const texts = textsOf(concertMessages);
  const isNear = useMsUntil(opensAt) < DAY_MS;
  return (
    <>
      {isNear && (
        <p class="join-panel-countdown">
          {texts.opensIn} <Countdown until={opensAt} />
        </p>
      )}
      <p>{texts.joinBefore}</p>
    </>
  );
}
