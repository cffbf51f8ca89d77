import type { Concert } from '@frontrow/client';
import { useRoute } from 'preact-iso/router';
import { PageTitle } from '../../shared/components/page-title.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { commonProblems } from '../problems/common-problems.ts';
import { ReadAgain } from '../problems/read-again.tsx';
import { Poster } from '../sale/poster.tsx';
import { useConcert } from '../sale/use-concert.ts';
import './concert.css';
import { ConcertDates } from './concert-dates.tsx';
import { concertMessages } from './messages.ts';
import { NoConcert } from './no-concert.tsx';

/** `/concerts/:concertId`: what is on, its dates, and the way into the waiting room. */
export default function ConcertPage() {
  const { params } = useRoute();
  const concertId = params['concertId'] ?? '';
  return <LoadedConcert key={concertId} concertId={concertId} />;
}

function LoadedConcert({ concertId }: { readonly concertId: string }) {
  const { data, problem, reload } = useConcert(concertId);
  if (data !== null) return <Shown concert={data} />;
  if (problem === null) return <Placeholder />;
  if (problem.code === 'NOT_FOUND' || problem.code === 'VALIDATION_FAILED') return <NoConcert />;
  return <ReadAgain text={textsOf(commonProblems)[problem.code]} onRead={reload} />;
}

function Shown({ concert }: { readonly concert: Concert }) {
  const { id, title, artist, description } = concert;
  return (
    <article class="concert">
      <header class="concert-head">
        <Poster concertId={id} class="concert-poster" />
        <div class="stack">
          <div>
            <PageTitle title={title} />
            <p class="concert-artist">{artist}</p>
          </div>
          {description !== '' && <p class="concert-description">{description}</p>}
        </div>
      </header>
      <ConcertDates concert={concert} />
    </article>
  );
}

function Placeholder() {
  return (
    <div class="concert" role="status" aria-label={textsOf(concertMessages).loading}>
      <div class="concert-head">
        <div class="concert-poster placeholder" />
        <div class="stack">
          <span class="placeholder concert-placeholder-title" />
          <span class="placeholder" />
          <span class="placeholder" />
        </div>
      </div>
    </div>
  );
}
