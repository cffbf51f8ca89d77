import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { concertMessages } from './messages.ts';

export function NoConcert() {
  const texts = textsOf(concertMessages);
  return (
    <div class="stack">
      <PageTitle title={texts.notFound} />
      <p>{texts.notFoundMore}</p>
      <p>
        <a class="button" href="/">
          {texts.toConcerts}
        </a>
      </p>
    </div>
  );
}
