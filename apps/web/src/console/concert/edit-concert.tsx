import { useMemo } from 'preact/hooks';
import { ActDialog } from '../components/act-dialog.tsx';
import { showToast } from '../components/toasts.tsx';
import { ConcertFields, concertForm } from '../concerts/concert-fields.tsx';
import { useAct } from '../data/act.ts';
import { ConcertConflict } from './concert-conflict.tsx';
import type { ConcertDialogProps } from './read-concert.ts';
import { sendEdit } from './send-edit.ts';

/** Edits what fans read, of the version that was read when the dialog was opened or the conflict was shown. */
export function EditConcert({ read, refresh, onClose }: ConcertDialogProps) {
  const form = useMemo(() => concertForm(read.concert), []);
  const seen = useMemo(() => ({ ...read }), []);
  const edit = useAct(
    () =>
      sendEdit(seen, {
        title: form.title.value,
        artist: form.artist.value,
        description: form.description.value,
      }),
    ({ title }) => {
      showToast(`${title} is saved`);
      refresh();
      onClose();
    },
  );
  return (
    <ActDialog
      title="Edit concert"
      verb="Save"
      act={edit}
      onSubmit={() => void edit.run(null)}
      onClose={onClose}
    >
      <ConcertFields form={form} problem={edit.problem.value} />
      {edit.problem.value?.code === 'PRECONDITION_FAILED' && (
        <ConcertConflict
          seen={seen}
          now={read}
          onRefresh={refresh}
          onAccept={() => {
            Object.assign(seen, read);
            edit.clear();
          }}
        />
      )}
    </ActDialog>
  );
}
