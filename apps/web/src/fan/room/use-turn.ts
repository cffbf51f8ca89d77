import type { Concert } from '@frontrow/client';
import { useEffect, useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { announceAtOnce } from '../../shared/announcements.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { takeJustJoined } from '../join/just-joined.ts';
import { notify, playSound } from './alerts.ts';
import { roomMessages } from './messages.ts';
import type { Before } from './place.ts';
import type { RoomView } from './room-view.ts';
import type { DateWithState } from './turn-card.tsx';

type TurnOptions = {
  readonly concert: Concert;
  readonly view: RoomView;
  readonly before: Before | null;
  readonly bookable: readonly DateWithState[] | null;
};

/**
 * Calls a fan whose turn has come while this page was open, and goes on to the only date once the fan looks at the page. A fan who
 * comes back to this page later chooses the way on.
 */
export function useTurn({ concert, view, before, bookable }: TurnOptions): void {
  const { route } = useLocation();
  const isTurn = view.kind === 'TURN';
  const hasJustJoined = useMemo(() => isTurn && takeJustJoined(concert.id), [isTurn]);
  const isNew = isTurn && (before !== null || hasJustJoined);
  const only = bookable?.length === 1 ? (bookable[0]?.date.id ?? null) : null;

  useEffect(() => {
    if (!isNew) return;
    const texts = textsOf(roomMessages);
    announceAtOnce(texts.turnAnnounced);
    if (before === null) return; // admitted with the click that joined
    playSound();
    if (!document.hasFocus())
      notify(texts.turnTitle, texts.notificationBody(concert.title), `turn ${concert.id}`);
  }, [isNew]);

  useEffect(() => {
    if (!isNew || only === null) return () => {};
    const goOn = () => {
      if (!document.hidden) route(`/events/${only}`, true);
    };
    document.addEventListener('visibilitychange', goOn);
    goOn();
    return () => document.removeEventListener('visibilitychange', goOn);
  }, [isNew, only]);
}
