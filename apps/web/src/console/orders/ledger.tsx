import { type LedgerPage, answerOf, listLedger } from '@frontrow/client';
import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso/router';
import { client, clock, patientClient } from '../../shared/api.ts';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { Facts } from '../components/facts.tsx';
import { Field } from '../components/fields.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { Loaded } from '../components/loaded.tsx';
import { usePages } from '../data/use-query.ts';
import { DownloadCsv } from './download-csv.tsx';
import { EntryTable } from './entry-table.tsx';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** All entries of all wallets of a day, which has to add up. Days are in UTC, as the ledger counts them. */
export function Ledger() {
  const { query, route } = useLocation();
  const asked = query['day'] ?? '';
  const day = DAY.test(asked) ? asked : new Date(clock.now()).toISOString().slice(0, 10);
  const sums = useSignal<Pick<LedgerPage, 'opening' | 'closing'> | null>(null);
  const entries = usePages<LedgerPage['items'][number]>(
    async (cursor, signal) => {
      const answer = await answerOf(
        listLedger({
          client,
          signal,
          query: { day, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
        }),
      );
      if (answer.ok) sums.value = answer.data;
      return answer;
    },
    [day],
  );
  return (
    <div class="stack">
      <div class="row row-spread">
        <Field label="Day in UTC">
          {(described) => (
            <input
              {...described}
              type="date"
              value={day}
              onChange={({ currentTarget }) => route(`/console/users?day=${currentTarget.value}`)}
            />
          )}
        </Field>
        <DownloadCsv
          name={`ledger-${day}.csv`}
          read={() => listLedger({ client: patientClient, query: { day, format: 'csv' }, parseAs: 'text' })}
        />
      </div>
      {sums.value !== null && (
        <Facts
          facts={[
            ['Sum of all balances before', formatMoney(sums.value.opening)],
            ['Sum of all balances after', formatMoney(sums.value.closing)],
            ['Change of the day', formatMoney(sums.value.closing - sums.value.opening)],
          ]}
        />
      )}
      <Loaded query={entries}>
        {(items) => (
          <EntryTable
            entries={items}
            caption={`Entries of ${day}`}
            empty={<p>No money moved on this day.</p>}
          />
        )}
      </Loaded>
      <LoadMore pages={entries} noun="entries" />
    </div>
  );
}
