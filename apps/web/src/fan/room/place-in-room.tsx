import type { Concert } from '@frontrow/client';
import { clock } from '../../shared/api.ts';
import { useNow } from '../../shared/components/use-now.ts';
import { saleStateOf } from '../sale/sale-state.ts';
import { useDates } from '../sale/use-dates.ts';
import { AlertsPanel } from './alerts-panel.tsx';
import { EndedCard, NoPlace } from './ended-cards.tsx';
import { LeaveButton } from './leave-button.tsx';
import { LineCard, ParkedCard } from './line-cards.tsx';
import { LoadingCard } from './loading-card.tsx';
import { roomViewOf } from './room-view.ts';
import { TurnCard } from './turn-card.tsx';
import { usePlace } from './use-place.ts';
import { useTurn } from './use-turn.ts';
import { WhatIsLeft } from './what-is-left.tsx';

export type PlaceInRoomProps = { readonly userId: string; readonly concert: Concert };

/** The place of a fan who has a ticket: the line, the turn, or how it has ended. */
export function PlaceInRoom({ userId, concert }: PlaceInRoomProps) {
  const { place, restart } = usePlace(userId, concert.id);
  const { data } = useDates(concert.id, 1);
  const now = useNow(clock);
  const dates = data?.items.map((date) => ({ date, state: saleStateOf(date, concert, now) })) ?? null;
  const view = roomViewOf(place.value, dates?.map(({ state }) => state) ?? null);
  const bookable =
    dates?.filter(({ state }) => state.kind === 'ON_SALE' || state.kind === 'NO_SEATS') ?? null;
  useTurn({ concert, view, before: place.value.before, bookable });

  switch (view.kind) {
    case 'LOADING':
      return <LoadingCard concert={concert} />;
    case 'NO_PLACE':
      return <NoPlace isRefused concert={concert} onJoined={restart} />;
    case 'ENDED':
      return <EndedCard concert={concert} why={view.why} onJoined={restart} />;
    case 'TURN':
      return <TurnCard concert={concert} endsAt={view.endsAt} dates={bookable} />;
    case 'PARKED':
    case 'LINE':
    default:
      return (
        <>
          {view.kind === 'PARKED' ? (
            <ParkedCard concert={concert} />
          ) : (
            <LineCard concert={concert} state={view.state} line={view.line} />
          )}
          <AlertsPanel />
          <WhatIsLeft room={place.value.room} dates={dates} />
          <LeaveButton concertId={concert.id} />
        </>
      );
  }
}
