import { useSignal } from '@preact/signals';
import { textsOf } from '../../shared/i18n/locale.ts';
import { goToSignIn, session, signOutOfDev } from '../../shared/identity/session.ts';
import { settings } from '../../shared/settings.ts';
import { SignInDialog } from './sign-in-dialog.tsx';
import { signInMessages } from './messages.ts';

/** Who is signed in, and the way in and out. */
export function UserMenu() {
  const texts = textsOf(signInMessages);
  const isOpen = useSignal(false);
  if (session.value.kind === 'unknown') return null;
  if (session.value.kind === 'signed-in')
    return (
      <div class="user-menu">
        <span class="visually-hidden">{texts.signedInAs}</span>
        <span class="user-menu-name">{session.value.bearer.userId}</span>
        {settings.mode === 'dev' && (
          <button type="button" class="button button-quiet" onClick={signOutOfDev}>
            {texts.signOut}
          </button>
        )}
      </div>
    );
  const signIn = () => {
    if (settings.mode === 'session') goToSignIn();
    else isOpen.value = true;
  };
  return (
    <>
      <button type="button" class="button" onClick={signIn}>
        {texts.signIn}
      </button>
      {isOpen.value && (
        <SignInDialog
          onClose={() => {
            isOpen.value = false;
          }}
        />
      )}
    </>
  );
}
