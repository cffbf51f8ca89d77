import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { clock, tickets } from '../../shared/api.ts';
import { followConnection } from '../../shared/connection/connection.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import type { InOneTab } from './in-one-tab.ts';
import { roomMessages } from './messages.ts';
import { NO_PLACE, type Place, afterUpdate } from './place.ts';
import { type PlaceUpdate, watchTogether } from './watch-together.ts';

type WatchedPlace = {
  readonly place: ReadonlySignal<Place>;
  /** Watches anew, after the fan has joined again. */
  readonly restart: () => void;
};

/** The place of the user in the room of a concert, watched as long as the component is shown. */
export function usePlace(userId: string, concertId: string): WatchedPlace {
  const place = useSignal(NO_PLACE);
  const holder = useMemo(() => ({ watch: null as InOneTab | null }), []);

  useEffect(() => {
    const reports = followConnection({
      retry: () => holder.watch?.refresh(),
      kept: () => textsOf(roomMessages).kept,
    });
    const onUpdate = (update: PlaceUpdate) => {
      if (update.kind === 'connection' && update.connection.kind === 'waiting')
        reports.failed(update.connection);
      else if (update.kind === 'connection') reports.answered();
      if (update.kind === 'status') {
        tickets.value.keep(update.status);
        clock.learnFromAsOf(update.status.asOf);
      }
      place.value = afterUpdate(place.value, update);
    };
    const watch = watchTogether({ userId, concertId, onUpdate });
    holder.watch = watch;
    const onShown = () => {
      if (document.hidden) return;
      watch.takeOver();
      watch.refresh();
    };
    document.addEventListener('visibilitychange', onShown);
    addEventListener('pageshow', onShown);
    onShown();
    return () => {
      document.removeEventListener('visibilitychange', onShown);
      removeEventListener('pageshow', onShown);
      watch.stop();
      reports.end();
    };
  }, [userId, concertId]);

  return {
    place,
    restart: () => {
      place.value = NO_PLACE;
      holder.watch?.restart();
    },
  };
}
