import { type Concert, answerOf, editConcert } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { Allowed } from '../components/allowed.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { send } from '../data/send.ts';
import type { ConcertTabProps } from './concert.tsx';
import { DeleteConcert } from './delete-concert.tsx';
import { EditConcert } from './edit-concert.tsx';
import { ArchiveConcert } from './archive-concert.tsx';

type Open = 'publish' | 'archive' | 'edit' | 'delete' | null;

/** The changes of a concert that its visibility allows. */
export function ConcertActs(props: ConcertTabProps) {
  const open = useSignal<Open>(null);
  const close = () => {
    open.value = null;
  };
  const opener = (what: Open, text: string) => (
    <button
      type="button"
      class="button button-quiet"
      onClick={() => {
        open.value = what;
      }}
    >
      {text}
    </button>
  );
  const { visibility } = props.read.concert;
  return (
    <Allowed scope="sales:write">
      {visibility !== 'PUBLISHED' && opener('publish', 'Publish')}
      {opener('edit', 'Edit')}
      {visibility === 'PUBLISHED' && opener('archive', 'Archive')}
      {opener('delete', 'Delete')}
      {open.value === 'publish' && <PublishConcert {...props} onClose={close} />}
      {open.value === 'archive' && <ArchiveConcert {...props} onClose={close} />}
      {open.value === 'edit' && <EditConcert {...props} onClose={close} />}
      {open.value === 'delete' && <DeleteConcert {...props} onClose={close} />}
    </Allowed>
  );
}

export type ConcertDialogProps = ConcertTabProps & { readonly onClose: () => void };

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

function PublishConcert(props: ConcertDialogProps) {
  const { title } = props.read.concert;
  const publish = useVisibility(props, `${title} is public`);
  return (
    <ActDialog
      title={`Publish ${title}?`}
      verb="Publish"
      act={publish}
      onSubmit={() => void publish.run('PUBLISHED')}
      onClose={props.onClose}
    >
      <p>Fans see the concert in the list from now on, and can join its waiting room once it has a date.</p>
    </ActDialog>
  );
}
