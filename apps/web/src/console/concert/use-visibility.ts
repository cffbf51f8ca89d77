import { type Concert, answerOf, editConcert } from '@frontrow/client';
import { client } from '../../shared/api.ts';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';
import type { ConcertDialogProps } from './read-concert.ts';

/** Changes the visibility of the version that was read. */
export function useVisibility({ read, refresh, onClose }: ConcertDialogProps, told: string) {
  return useAct(
    (visibility: Concert['visibility']) =>
      send(() =>
        answerOf(
          editConcert({
            client,
            path: { concertId: read.concert.id },
            headers: { 'if-match': read.etag },
            body: { visibility },
          }),
        ),
      ),
    () => {
      showToast(told);
      refresh();
      onClose();
    },
  );
}
