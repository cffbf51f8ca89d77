import { useSignal } from '@preact/signals';
import { Dialog } from '../../shared/components/dialog.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { signInAs } from '../../shared/identity/session.ts';
import { signInMessages } from './messages.ts';

/** Lets a visitor of a development server be any fan. */
export function SignInDialog({ onClose }: { readonly onClose: () => void }) {
  const texts = textsOf(signInMessages);
  const name = useSignal('');
  return (
    <Dialog title={texts.signIn} onClose={onClose}>
      <p>{texts.asWhom}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void signInAs(name.value.trim()).then(onClose);
        }}
      >
        <label class="field">
          <span>{texts.name}</span>
          <input
            required
            autoFocus
            maxLength={64}
            pattern="[A-Za-z0-9\-]+"
            autoComplete="username"
            value={name.value}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value;
            }}
          />
          <span class="muted small">{texts.nameHint}</span>
        </label>
        <div class="row">
          <button class="button">{texts.signIn}</button>
          <button type="button" class="button button-quiet" onClick={onClose}>
            {texts.close}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
