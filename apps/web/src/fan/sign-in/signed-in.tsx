import { type ComponentChildren, Fragment } from 'preact';
import { Notice } from '../../shared/components/notice.tsx';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { session, userId } from '../../shared/identity/session.ts';
import { signInMessages } from './messages.ts';
import { SignInForm } from './sign-in-form.tsx';

type SignedInProps = {
  /** What to show until it is known who uses the page. */
  readonly loading: ComponentChildren;
  /** The title of the page for a visitor, null where the page has one for everybody; by default "Sign in". */
  readonly title?: ComponentChildren;
  readonly children: (userId: string) => ComponentChildren;
};

/**
 * Shows its children for the user who is signed in, and the way in to others. A user whose sign-in has expired keeps what is
 * shown, with a notice: the place and the seats go on. Another user gets children of their own.
 */
export function SignedIn({ loading, title, children }: SignedInProps) {
  const { kind } = session.value;
  const shown = userId.value;
  if (kind === 'unknown') return <>{loading}</>;
  if (shown === null)
    return (
      <>
        {title}
        <SignInCard isTitle={title === undefined} />
      </>
    );
  return (
    <>
      {kind === 'signed-out' && <Expired />}
      <Fragment key={shown}>{children(shown)}</Fragment>
    </>
  );
}

function SignInCard({ isTitle }: { readonly isTitle: boolean }) {
  const texts = textsOf(signInMessages);
  return (
    <section class="card stack narrow">
      {isTitle ? <PageTitle title={texts.signIn} /> : <h2>{texts.signIn}</h2>}
      <p>{texts.why}</p>
      <SignInForm />
    </section>
  );
}

function Expired() {
  const texts = textsOf(signInMessages);
  return (
    <Notice tone="warn" alert title={texts.expired}>
      <p>{texts.expiredMore}</p>
      <SignInForm />
    </Notice>
  );
}
