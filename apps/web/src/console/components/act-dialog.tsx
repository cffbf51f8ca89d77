import type { ComponentChildren } from 'preact';
import { Dialog } from '../../shared/components/dialog.tsx';
import type { Act } from '../data/act.ts';
import { isRepeating } from '../data/send.ts';
import { ProblemNotice } from './problem-notice.tsx';

type ActDialogProps = {
  readonly title: string;
  /** The verb on the button. */
  readonly verb: string;
  readonly act: Pick<Act<never>, 'isSending' | 'problem'>;
  readonly isDangerous?: boolean;
  /** Why the act cannot be sent yet; the button says it to screen readers. */
  readonly blocked?: string | null;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/** A dialog with the form of one act. It stays open, with what was entered, when the act is refused. */
export function ActDialog(props: ActDialogProps) {
  const { title, verb, act, isDangerous = false, blocked = null, onSubmit, onClose, children } = props;
  const isSending = act.isSending.value;
  const submit = (event: Event) => {
    event.preventDefault();
    if (blocked === null && !isSending) onSubmit();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        {children}
        <ProblemNotice problem={act.problem.value} />
        {isSending && isRepeating.value && (
          <p role="status">The server does not answer. The act is sent again, and counts once.</p>
        )}
        <div class="row">
          <button
            class={isDangerous ? 'button button-danger' : 'button'}
            aria-disabled={blocked !== null || isSending}
            title={blocked ?? undefined}
          >
            {isSending ? 'Sending …' : verb}
          </button>
          <button type="button" class="button button-quiet" onClick={onClose}>
            Back
          </button>
        </div>
      </form>
    </Dialog>
  );
}
