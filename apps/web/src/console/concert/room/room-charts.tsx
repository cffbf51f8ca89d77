import type { WaitingRoom } from '@frontrow/client';
import { useMemo } from 'preact/hooks';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { type History, columnsOf } from './history.ts';
import { LiveChart } from './live-chart.tsx';
import { rateText } from './room-numbers.tsx';

/** The counts and the admission rate of the last half hour. */
export function RoomCharts({ history, room }: { readonly history: History; readonly room: WaitingRoom }) {
  const columns = useMemo(() => columnsOf(history), [history]);
  const { admissionsPerSecondMax: allowed } = room.rates;
  const rate = columns.rate.at(-1) ?? null;
  return (
    <div class="charts">
      <LiveChart
        title="Fans"
        at={columns.at}
        lines={[
          { name: 'Waiting', now: formatNumber(room.waiting), column: columns.waiting },
          { name: 'Admitted in all', now: formatNumber(room.admittedTotal), column: columns.admitted },
          { name: 'Active', now: formatNumber(room.active), column: columns.active },
          { name: 'Parked', now: formatNumber(room.parked), column: columns.parked },
        ]}
      />
      <LiveChart
        title="Admissions per second"
        at={columns.at}
        lines={[
          { name: 'Now', now: rate === null ? '–' : rateText(rate), column: columns.rate },
          {
            name: 'Policy',
            now: rateText(allowed),
            column: columns.at.map(() => allowed),
            isDashed: true,
          },
        ]}
      />
    </div>
  );
}
