import { useSignal } from '@preact/signals';
import { Allowed } from '../components/allowed.tsx';
import { ArchiveConcert } from './archive-concert.tsx';
import { DeleteConcert } from './delete-concert.tsx';
import { EditConcert } from './edit-concert.tsx';
import { PublishConcert } from './publish-concert.tsx';
import type { ConcertTabProps } from './read-concert.ts';

const DIALOGS = {
  Publish: PublishConcert,
  Edit: EditConcert,
  Archive: ArchiveConcert,
  Delete: DeleteConcert,
};

/** The changes of a concert that its visibility allows. */
export function ConcertActs(props: ConcertTabProps) {
  const open = useSignal<keyof typeof DIALOGS | null>(null);
  const isPublished = props.read.concert.visibility === 'PUBLISHED';
  const acts = ['Edit', isPublished ? 'Archive' : 'Publish', 'Delete'] as const;
  const Dialog = open.value === null ? null : DIALOGS[open.value];
  return (
    <Allowed scope="sales:write">
      {acts.map((act) => (
        <button
          key={act}
          type="button"
          class="button button-quiet"
          onClick={() => {
            open.value = act;
          }}
        >
          {act}
        </button>
      ))}
      {Dialog && (
        <Dialog
          {...props}
          onClose={() => {
            open.value = null;
          }}
        />
      )}
    </Allowed>
  );
}
