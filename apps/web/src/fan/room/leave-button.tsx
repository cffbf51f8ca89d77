import { answerOf, leaveQueue } from '@frontrow/client';
import { useState } from 'preact/hooks';
import { client, tickets } from '../../shared/api.ts';
import { Dialog } from '../../shared/components/dialog.tsx';
import { send } from '../../shared/connection/send.ts';
import { textsOf } from '../../shared/i18n/locale.ts';
import { roomMessages } from './messages.ts';

/** Gives the place up, after a confirmation. The watch of the place then shows the end, in every tab. */
export function LeaveButton({ concertId }: { readonly concertId: string }) {
  const texts = textsOf(roomMessages);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <p class="room-leave">
        <button type="button" class="button button-quiet" onClick={() => setAsking(true)}>
          {texts.leave}
        </button>
      </p>
      {isAsking && <LeaveDialog concertId={concertId} onClose={() => setAsking(false)} />}
    </>
  );
}

function LeaveDialog({ concertId, onClose }: { readonly concertId: string; readonly onClose: () => void }) {
  const texts = textsOf(roomMessages);
  const [isLeaving, setLeaving] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const leave = async () => {
    if (isLeaving) return;
    setLeaving(true);
    setFailed(false);
    const headers = { 'Queue-Token': tickets.value.read(concertId) ?? '' };
    const answer = await send(() => answerOf(leaveQueue({ client, headers })));
    setLeaving(false);
    if (answer.ok) onClose();
    else setFailed(true);
  };
  return (
    <Dialog title={texts.leaveTitle} onClose={onClose}>
      <p>{texts.leaveMore}</p>
      <div role="alert">{hasFailed && <p class="field-error">{texts.leaveFailed}</p>}</div>
      <div class="row">
        <button type="button" class="button" autoFocus onClick={onClose}>
          {texts.stay}
        </button>
        <button
          type="button"
          class="button button-danger"
          aria-disabled={isLeaving}
          onClick={() => void leave()}
        >
          {texts.leaveYes}
        </button>
      </div>
    </Dialog>
  );
}
