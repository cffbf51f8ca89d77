import { answerOf, editEvent } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { client } from '../../../shared/api.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useAct } from '../../data/act.ts';
import { send } from '../../data/send.ts';
import { type VersionedEvent, readEvent } from '../event-data.ts';
import { ChangedMeanwhile } from './changed-meanwhile.tsx';
import { EventFields } from './event-fields.tsx';
import { EVENT_MEMBERS, createEventForm, patchOf, readEventForm, textsOfEvent } from './event-form.ts';

type EditEventProps = {
  readonly read: VersionedEvent;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/**
 * Changes a date. Only what the operator has changed is sent, for the version that the operator saw; where somebody else was
 * faster, the form shows what they changed and asks again.
 */
export function EditEvent({ read, onClose, onDone }: EditEventProps) {
  const form = useMemo(() => createEventForm(textsOfEvent(read.event)), []);
  const base = useSignal(read);
  const theirs = useSignal<VersionedEvent | null>(null);
  const eventId = read.event.id;
  const patch = patchOf(textsOfEvent(base.value.event), readEventForm(form));

  const act = useAct(
    async () => {
      const headers = { 'If-Match': base.value.etag };
      const answer = await send(() =>
        answerOf(editEvent({ client, path: { eventId }, body: patch, headers })),
      );
      if (!answer.ok && answer.problem.code === 'PRECONDITION_FAILED') {
        const newest = await readEvent(eventId);
        if (!newest.ok) return answer;
        // The answer to an earlier attempt may have been lost after its effect.
        const isDone =
          Object.keys(patchOf(textsOfEvent(newest.data.event), readEventForm(form))).length === 0;
        if (isDone) return { ok: true, data: newest.data.event };
        theirs.value = newest.data;
      }
      return answer;
    },
    () => {
      showToast('Date changed');
      onDone();
    },
  );

  function continueOnTheirs(): void {
    if (theirs.value === null) return;
    const texts = textsOfEvent(theirs.value.event);
    for (const name of EVENT_MEMBERS) if (!Object.hasOwn(patch, name)) form[name].value = texts[name];
    base.value = theirs.value;
    theirs.value = null;
    act.clear();
  }

  return (
    <ActDialog
      title="Edit the date"
      verb="Save"
      act={act}
      blocked={blockedBy(Object.keys(patch).length, theirs.value !== null)}
      onSubmit={() => void act.run(undefined)}
      onClose={onClose}
    >
      <EventFields form={form} problem={act.problem.value} hasLayout={read.event.layoutVersion > 0} />
      {theirs.value !== null && (
        <ChangedMeanwhile before={base.value.event} now={theirs.value.event} onContinue={continueOnTheirs} />
      )}
    </ActDialog>
  );
}

function blockedBy(changes: number, isStale: boolean): string | null {
  if (isStale) return 'Look at the change of the other operator first';
  return changes === 0 ? 'Nothing is changed' : null;
}
