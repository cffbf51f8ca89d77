import { useLocation } from 'preact-iso/router';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { ConcertList } from './concert-list.tsx';
import './concerts.css';
import { concertsMessages } from './messages.ts';
import { SearchField, WORDS_MAX } from './search-field.tsx';

/** `/`: every concert, or those that match the words of `?q=`. */
export function Concerts() {
  const texts = textsOf(concertsMessages);
  const { query } = useLocation();
  const words = (query['q'] ?? '').trim().slice(0, WORDS_MAX);
  return (
    <div class="stack concerts">
      <header class="concerts-head">
        <div>
          <PageTitle title={texts.title} />
          <p class="muted">{texts.lead}</p>
        </div>
        <SearchField words={words} />
      </header>
      <ConcertList key={words} words={words} />
    </div>
  );
}
