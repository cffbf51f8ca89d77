import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary } from 'preact/hooks';
import { connectionMessages } from '../connection/messages.ts';
import { textsOf } from '../i18n/locale.ts';
import { Notice } from './notice.tsx';
import { PageTitle } from './page-title.tsx';

type PageErrorsProps = {
  /** Another path is another page, which is tried again. */
  readonly path: string;
  readonly children: ComponentChildren;
};

/** Shows an error of a page in its place, and leaves the rest of the document alone. */
export function PageErrors({ path, children }: PageErrorsProps) {
  const [error, reset] = useErrorBoundary((thrown: unknown) => console.error(thrown));
  const texts = textsOf(connectionMessages);
  useEffect(reset, [path]);
  if (error === undefined) return <>{children}</>;
  return <PageFailure title={texts.crashed} more={texts.crashedMore} />;
}

/** In place of a page whose script could not be loaded. */
export function NotLoaded() {
  const texts = textsOf(connectionMessages);
  return <PageFailure title={texts.notLoaded} more={texts.notLoadedMore} />;
}

/** A page that cannot be shown, with the way to load it again. */
function PageFailure({ title, more }: { readonly title: string; readonly more: string }) {
  return (
    <div class="stack">
      <PageTitle title={title} />
      <Notice tone="warn" title={more} />
      <p>
        <button type="button" class="button" onClick={() => location.reload()}>
          {textsOf(connectionMessages).reload}
        </button>
      </p>
    </div>
  );
}
