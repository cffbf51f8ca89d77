import { ConfirmByTyping } from '../components/confirm-by-typing.tsx';
import type { ConcertDialogProps } from './read-concert.ts';
import { useVisibility } from './use-visibility.ts';

/** Takes a concert off the list and closes its room. */
export function ArchiveConcert(props: ConcertDialogProps) {
  const { title } = props.read.concert;
  const archive = useVisibility(props, `${title} is archived`);
  return (
    <ConfirmByTyping
      title={`Archive ${title}?`}
      verb="Archive"
      name={title}
      act={archive}
      onConfirm={() => void archive.run('ARCHIVED')}
      onClose={props.onClose}
    >
      <p>
        The concert leaves every list, its waiting room closes and nobody can hold seats. Existing orders stay
        readable, payable and refundable. You can publish the concert again.
      </p>
    </ConfirmByTyping>
  );
}
