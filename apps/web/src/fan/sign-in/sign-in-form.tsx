import { useSignal } from '@preact/signals';
import { textsOf } from '../../shared/i18n/locale.ts';
import { makeGuestName } from '../../shared/identity/guest-name.ts';
import { goToSignIn, signInAs } from '../../shared/identity/session.ts';
import { settings } from '../../shared/settings.ts';
import { signInMessages } from './messages.ts';

type SignInFormProps = { readonly onDone?: () => void };

/** The way in: a guest's name or a chosen one on a development server, or else the sign-in page of the organiser. */
export function SignInForm({ onDone = () => {} }: SignInFormProps) {
  const texts = textsOf(signInMessages);
  if (settings.mode === 'session')
    return (
      <p>
        <button type="button" class="button" onClick={goToSignIn}>
          {texts.signIn}
        </button>
      </p>
    );
  return <DevSignIn onDone={onDone} />;
}

function DevSignIn({ onDone }: Required<SignInFormProps>) {
  const texts = textsOf(signInMessages);
  const name = useSignal('');
  const hasFailed = useSignal(false);
  const signIn = (userId: string) => {
    hasFailed.value = false;
    signInAs(userId).then(onDone, () => {
      hasFailed.value = true;
    });
  };
  return (
    <div class="stack">
      <div class="stack">
        <button type="button" class="button" onClick={() => signIn(makeGuestName())}>
          {texts.asGuest}
        </button>
        <p class="muted small">{texts.guestHint}</p>
      </div>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          signIn(name.value.trim());
        }}
      >
        <h3>{texts.or}</h3>
        <label class="field">
          <span>{texts.name}</span>
          <input
            required
            maxLength={64}
            pattern="[A-Za-z0-9\-]+"
            autoComplete="username"
            autoCapitalize="none"
            value={name.value}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value;
            }}
          />
          <span class="muted small">{texts.nameHint}</span>
        </label>
        <p>
          <button class="button button-quiet">{texts.signIn}</button>
        </p>
      </form>
      <p role="alert" class="field-error">
        {hasFailed.value && texts.failed}
      </p>
    </div>
  );
}
