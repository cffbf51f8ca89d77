import { answerOf, createLayoutTemplate } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { client } from '../../shared/api.ts';
import { ActDialog } from '../components/act-dialog.tsx';
import { TextField } from '../components/fields.tsx';
import { showToast } from '../components/toasts.tsx';
import { useAct } from '../data/act.ts';
import { sendOnce } from '../data/send.ts';
import { errorAt } from '../problems/field-errors.ts';

/** Keeps the saved layout of a date for other dates. */
export function KeepAsTemplate({ eventId }: { readonly eventId: string }) {
  const isOpen = useSignal(false);
  const name = useSignal('');
  const act = useAct(
    () => {
      const body = { name: name.value, eventId };
      return sendOnce(`keep-layout/${eventId}`, body, (headers) =>
        answerOf(createLayoutTemplate({ client, body, headers })),
      );
    },
    (template) => {
      showToast(`${template.name} is saved as a template`);
      isOpen.value = false;
    },
  );
  return (
    <>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        Keep as a template …
      </button>
      {isOpen.value && (
        <ActDialog
          title="Keep as a template"
          verb="Keep"
          act={act}
          onSubmit={() => void act.run(undefined)}
          onClose={() => {
            isOpen.value = false;
          }}
        >
          <p>Other dates can then be made with the layout as it is saved now.</p>
          <TextField
            label="Name"
            value={name}
            required
            maxLength={100}
            error={errorAt(act.problem.value, '/name')}
          />
        </ActDialog>
      )}
    </>
  );
}
