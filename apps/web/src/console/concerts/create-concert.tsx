import { type Concert, answerOf, createConcert } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { client } from '../../shared/api.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { SelectField } from '../components/fields.tsx';
import { showToast } from '../components/toasts.tsx';
import { sendOnce } from '../data/send.ts';
import { useAct } from '../data/act.ts';
import { ConcertFields, concertForm } from './concert-fields.tsx';

const VISIBILITIES = {
  DRAFT: 'Draft: only staff see it',
  PUBLISHED: 'Published: fans see it at once',
};

type CreateConcertProps = {
  readonly onCreated: (concert: Concert) => void;
  readonly onClose: () => void;
};

export function CreateConcert({ onCreated, onClose }: CreateConcertProps) {
  const form = useMemo(() => concertForm(), []);
  const visibility = useSignal<keyof typeof VISIBILITIES>('DRAFT');
  const create = useAct(
    () => {
      const body = {
        title: form.title.value,
        artist: form.artist.value,
        description: form.description.value,
        visibility: visibility.value,
      };
      return sendOnce('create-concert', body, (headers) =>
        answerOf(createConcert({ client, headers, body })),
      );
    },
    (concert) => {
      showToast(`${concert.title} is created`);
      onCreated(concert);
    },
  );
  return (
    <ActDialog
      title="New concert"
      verb="Create concert"
      act={create}
      onSubmit={() => void create.run(null)}
      onClose={onClose}
    >
      <ConcertFields form={form} problem={create.problem.value} />
      <SelectField label="Visibility" value={visibility} options={VISIBILITIES} />
    </ActDialog>
  );
}
