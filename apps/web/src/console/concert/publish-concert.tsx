import { ActDialog } from '../components/act-dialog.tsx';
import type { ConcertDialogProps } from './read-concert.ts';
import { useVisibility } from './use-visibility.ts';

export function PublishConcert(props: ConcertDialogProps) {
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
