import type { WaitingRoom } from '@frontrow/client';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { Facts } from '../../components/facts.tsx';
import { durationText } from '../../components/duration-text.ts';
import { Badge } from '../../components/badges.tsx';
import { isTickLate, tickAgeMs } from './conditions.ts';

const COUNTS = [
  ['Waiting', 'waiting', 'in the line'],
  ['Active', 'active', 'have their turn'],
  ['Parked', 'parked', 'missed their turn'],
  ['Admitted', 'admittedTotal', 'since the room opened'],
  ['Completed', 'completedTotal', 'have paid'],
] as const;

/** The counts of a room, in large. */
export function RoomCounts({ room }: { readonly room: WaitingRoom }) {
  return (
    <dl class="tiles">
      {COUNTS.map(([name, member, meaning]) => (
        <div key={member} class="card tile">
          <dt>{name}</dt>
          <dd class="numbers">{formatNumber(room[member])}</dd>
          <dd class="muted small">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

export function RoomFacts({ room, rate }: { readonly room: WaitingRoom; readonly rate: number | null }) {
  const { waits, estimateError: error, rates, epoch } = room;
  return (
    <section class="card stack" aria-labelledby="room-facts">
      <h2 id="room-facts">How well it runs</h2>
      <Facts
        facts={[
          ['Admissions now', rate === null ? 'not known yet' : `${rateText(rate)} per second`],
          ['The policy allows', `${rateText(rates.admissionsPerSecondMax)} per second`],
          ['Last look of a worker', <TickAge key="tick" room={room} />],
          ['Waits of half of the fans', waits === null ? 'none yet' : `up to ${seconds(waits.p50Seconds)}`],
          ['Waits of nine in ten', waits === null ? 'none yet' : `up to ${seconds(waits.p90Seconds)}`],
          [
            'Error of the estimates',
            error === null
              ? 'none compared yet'
              : `${seconds(error.medianSeconds)} (median of ${error.samples})`,
          ],
          ['Within the promised range', error === null ? 'none compared yet' : percent(error.coverage)],
          ['Epoch', epoch === 0 ? 'the room is removed' : lossesText(epoch)],
        ]}
      />
    </section>
  );
}

function TickAge({ room }: { readonly room: WaitingRoom }) {
  const age = tickAgeMs(room);
  const text = age === null ? 'none yet' : `${durationText(age)} ago`;
  return isTickLate(room) ? <Badge tone="bad">{text}: too old</Badge> : <>{text}</>;
}

function seconds(value: number): string {
  return durationText(value * 1000);
}

export function rateText(perSecond: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: perSecond < 10 ? 2 : 0 }).format(perSecond);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} % (90 % is the aim)`;
}

/** The first epoch is 1; each loss of Redis begins another. */
function lossesText(epoch: number): string {
  return epoch === 1 ? '1: never lost' : `${epoch}: Redis has lost the room ${epoch - 1} times`;
}
