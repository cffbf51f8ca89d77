import type { Concert } from '@frontrow/client';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import type { ConcertDialogProps } from './read-concert.ts';
import { sendEdit } from './send-edit.ts';

/** Changes the visibility of the version that was read. */
export function useVisibility({ read, refresh, onClose }: ConcertDialogProps, toast: string) {
  return useAct(
    async (visibility: Concert['visibility']) => {
      const answer = await sendEdit(read, { visibility });
      refresh(); // a refused change is decided again on the present state
      return answer;
    },
    () => {
      showToast(toast);
      onClose();
    },
  );
}
