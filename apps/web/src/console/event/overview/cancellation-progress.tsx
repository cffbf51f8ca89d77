import { type Cancellation, answerOf, getCancellation } from '@frontrow/client';
import { client } from '../../../shared/api.ts';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { Notice } from '../../../shared/components/notice.tsx';
import { Instant } from '../../components/instant.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useQuery } from '../../data/use-query.ts';

const POLL_MS = 1_000;

/** How far the refunds of a cancelled date are. */
export function CancellationProgress({ eventId }: { readonly eventId: string }) {
  const query = useQuery(
    (signal) => answerOf(getCancellation({ client, signal, path: { eventId } })),
    [eventId],
    { pollMs: POLL_MS },
  );
  return <Loaded query={query}>{(cancellation) => <Progress of={cancellation} />}</Loaded>;
}

function Progress({
  of: { reason, cancelledAt, total, refunded, remaining },
}: {
  readonly of: Cancellation;
}) {
  return (
    <Notice tone="bad" title="The date is cancelled">
      <p>
        {reason} (<Instant at={cancelledAt} />)
      </p>
      <label class="progress">
        <span role="status">
          {remaining > 0 ? 'Refunding: ' : 'All orders are refunded: '}
          <strong class="numbers">
            {formatNumber(refunded)} of {formatNumber(total)}
          </strong>
        </span>
        <progress value={total === 0 ? 1 : refunded} max={total || 1} />
      </label>
    </Notice>
  );
}
