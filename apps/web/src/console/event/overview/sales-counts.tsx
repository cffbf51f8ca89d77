import { answerOf, reportSales } from '@frontrow/client';
import { client } from '../../../shared/api.ts';
import { formatMoney, formatNumber } from '../../../shared/i18n/formats.ts';
import { Loaded } from '../../components/loaded.tsx';
import { useQuery } from '../../data/use-query.ts';
import { Figures } from './figures.tsx';

const POLL_MS = 5_000;

/** What is sold and what is left. */
export function SalesCounts({ eventId }: { readonly eventId: string }) {
  const report = useQuery(
    (signal) => answerOf(reportSales({ client, signal, path: { eventId } })),
    [eventId],
    { pollMs: POLL_MS },
  );
  return (
    <Loaded query={report}>
      {({ sold, complimentary, held, available, blocked, revenue }) => (
        <Figures
          figures={[
            ['Sold', formatNumber(sold)],
            ['Given away', formatNumber(complimentary)],
            ['Held', formatNumber(held)],
            ['Free', formatNumber(available)],
            ['Blocked', formatNumber(blocked)],
            ['Revenue', formatMoney(revenue)],
          ]}
        />
      )}
    </Loaded>
  );
}
