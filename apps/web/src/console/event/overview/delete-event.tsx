import { answerOf, deleteEvent } from '@frontrow/client';
import { useLocation } from 'preact-iso/router';
import { client } from '../../../shared/api.ts';
import { ConfirmByTyping } from '../../components/confirm-by-typing.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';
import type { VersionedEvent } from '../event-data.ts';

type DeleteEventProps = { readonly read: VersionedEvent; readonly onClose: () => void };

/** Deletes a date of which nothing was ever held or sold. */
export function DeleteEvent({ read: { event, etag }, onClose }: DeleteEventProps) {
  const { route } = useLocation();
  const act = useAct(
    () =>
      send(() =>
        answerOf(deleteEvent({ client, path: { eventId: event.id }, headers: { 'If-Match': etag } })),
      ),
    () => {
      showToast('Date deleted');
      route(`/console/concerts/${event.concertId}`);
    },
  );
  return (
    <ConfirmByTyping
      title="Delete the date"
      verb="Delete the date"
      name={event.venue}
      act={act}
      onConfirm={() => void act.run(undefined)}
      onClose={onClose}
    >
      <p>Only a date without orders can be deleted. Cancel one that has sold.</p>
    </ConfirmByTyping>
  );
}
