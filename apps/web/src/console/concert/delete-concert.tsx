import { answerOf, deleteConcert } from '@frontrow/client';
import { useLocation } from 'preact-iso/router';
import { client } from '../../shared/api.ts';
import { ConfirmByTyping } from '../components/confirm-by-typing.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';
import type { ConcertDialogProps } from './read-concert.ts';

/** Deletes a concert none of whose seats was ever held or sold. */
export function DeleteConcert({ read, onClose }: ConcertDialogProps) {
  const { route } = useLocation();
  const { id, title } = read.concert;
  const remove = useAct<null, unknown>(
    async () => {
      const path = { concertId: id };
      const headers = { 'if-match': read.etag };
      const answer = await send(() => answerOf(deleteConcert({ client, path, headers })));
      // Also where an earlier attempt has deleted it, and its answer was lost.
      return !answer.ok && answer.problem.code === 'NOT_FOUND' ? { ok: true, data: undefined } : answer;
    },
    () => {
      showToast(`${title} is deleted`);
      route('/console');
    },
  );
  return (
    <ConfirmByTyping
      title={`Delete ${title}?`}
      verb="Delete for good"
      name={title}
      act={remove}
      onConfirm={() => void remove.run(null)}
      onClose={onClose}
    >
      <p>
        The concert, its dates and their seats are deleted for good. This is only possible while no seat was
        ever held or sold; otherwise archive the concert.
      </p>
    </ConfirmByTyping>
  );
}
