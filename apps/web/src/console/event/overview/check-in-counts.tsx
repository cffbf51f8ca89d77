import { answerOf, countCheckIns } from '@frontrow/client';
import { client } from '../../../shared/api.ts';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { Loaded } from '../../components/loaded.tsx';
import { useQuery } from '../../data/use-query.ts';

const POLL_MS = 5_000;

/** How many of the tickets have passed a gate. */
export function CheckInCounts({ eventId }: { readonly eventId: string }) {
  const counts = useQuery(
    (signal) => answerOf(countCheckIns({ client, signal, path: { eventId } })),
    [eventId],
    { pollMs: POLL_MS },
  );
  return (
    <Loaded query={counts}>
      {({ ticketCount, checkedInCount }) => (
        <label class="progress check-ins">
          <span>
            Checked in:{' '}
            <strong class="numbers">
              {formatNumber(checkedInCount)} of {formatNumber(ticketCount)}
            </strong>
          </span>
          <progress value={checkedInCount} max={ticketCount || 1} />
        </label>
      )}
    </Loaded>
  );
}
