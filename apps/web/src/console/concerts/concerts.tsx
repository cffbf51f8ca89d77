import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso/router';
import { Allowed } from '../components/allowed.tsx';
import { Loaded } from '../components/loaded.tsx';
import { PageHead } from '../components/page-head.tsx';
import { useQuery } from '../data/use-query.ts';
import { may } from '../sign-in/scopes.ts';
import { readAllConcerts } from './all-concerts.ts';
import { ConcertsTable } from './concerts-table.tsx';
import { CreateConcert } from './create-concert.tsx';
import { NoSalesAccess } from './no-sales-access.tsx';

/** Every concert, of any visibility. */
export function Concerts() {
  return may('sales:read') ? <AllConcerts /> : <NoSalesAccess />;
}

function AllConcerts() {
  const { route } = useLocation();
  const concerts = useQuery(readAllConcerts, []);
  const isCreating = useSignal(false);
  return (
    <>
      <PageHead title="Concerts">
        <Allowed scope="sales:write">
          <button
            type="button"
            class="button"
            onClick={() => {
              isCreating.value = true;
            }}
          >
            New concert
          </button>
        </Allowed>
      </PageHead>
      <Loaded query={concerts}>{(all) => <ConcertsTable {...all} />}</Loaded>
      {isCreating.value && (
        <CreateConcert
          onCreated={({ id }) => route(`/console/concerts/${id}`)}
          onClose={() => {
            isCreating.value = false;
          }}
        />
      )}
    </>
  );
}
