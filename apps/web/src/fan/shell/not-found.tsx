import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { shellMessages } from './messages.ts';

export function NotFound() {
  const texts = textsOf(shellMessages);
  return (
    <div class="stack">
      <PageTitle title={texts.notFound} />
      <p>
        <a class="button" href="/">
          {texts.toConcerts}
        </a>
      </p>
    </div>
  );
}
