import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Act } from '../data/act.ts';
import { ActDialog } from './act-dialog.tsx';
import { isSameName } from './same-name.ts';
import { TextField } from './fields.tsx';

type ConfirmByTypingProps = {
  readonly title: string;
  /** The verb on the button. */
  readonly verb: string;
  /** What has to be typed: the name of the thing. */
  readonly name: string;
  readonly act: Pick<Act<never>, 'isSending' | 'problem'>;
  /** Why the act cannot be sent yet, apart from the name. */
  readonly blocked?: string | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What the act does, and further fields. */
  readonly children: ComponentChildren;
};

/** Asks for the name of the thing before a dangerous act, so that no single click does harm. */
export function ConfirmByTyping(props: ConfirmByTypingProps) {
  const { name, blocked = null, children, onConfirm, ...dialog } = props;
  const typed = useSignal('');
  const nameBlocked = isSameName(typed.value, name) ? null : 'Type the name first';
  return (
    <ActDialog {...dialog} isDangerous blocked={blocked ?? nameBlocked} onSubmit={onConfirm}>
      {children}
      <p>
        To confirm, type <strong class="name-to-type">{name}</strong>.
      </p>
      <TextField label="Name" value={typed} required autoComplete="off" />
    </ActDialog>
  );
}
