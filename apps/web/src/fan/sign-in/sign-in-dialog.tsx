import { Dialog } from '../../shared/components/dialog.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { signInMessages } from './messages.ts';
import { SignInForm } from './sign-in-form.tsx';

type SignInDialogProps = {
  readonly onClose: () => void;
  /** Called instead of `onClose` once the user is signed in. */
  readonly onDone?: () => void;
};

/** Lets a visitor sign in without leaving the page. */
export function SignInDialog({ onClose, onDone = onClose }: SignInDialogProps) {
  const texts = textsOf(signInMessages);
  return (
    <Dialog title={texts.signIn} onClose={onClose}>
      <p>{texts.why}</p>
      <SignInForm onDone={onDone} />
      <p>
        <button type="button" class="button button-quiet" onClick={onClose}>
          {texts.close}
        </button>
      </p>
    </Dialog>
  );
}
