import { type Concert, type WaitingRoom, answerOf, getPolicy, getWaitingRoom } from '@frontrow/client';
import { client } from '../../../shared/api.ts';
import { Notice } from '../../../shared/components/notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useQuery } from '../../data/use-query.ts';
import type { ConcertTabProps } from '../read-concert.ts';
import { PAUSED_TITLE, conditionsOf } from './conditions.ts';
import { historyOf, remember } from './histories.ts';
import { admissionRate, sampleOf } from './history.ts';
import { MinutesTable } from './minutes-table.tsx';
import { RoomActs } from './room-acts.tsx';
import { RoomCharts } from './room-charts.tsx';
import { RoomCounts, RoomFacts } from './room-numbers.tsx';
import './room.css';

const POLL_MS = 2_000;
const POLICY_POLL_MS = 10_000;

/** The waiting room, live. */
export function RoomTab({ read, refresh }: ConcertTabProps) {
  const { id: concertId } = read.concert;
  const path = { concertId };
  const room = useQuery(
    async (signal) => {
      const answer = await answerOf(getWaitingRoom({ client, signal, path }));
      if (answer.ok) remember(concertId, sampleOf(answer.data));
      return answer;
    },
    [concertId],
    { pollMs: POLL_MS },
  );
  const policy = useQuery((signal) => answerOf(getPolicy({ client, signal, path })), [concertId], {
    pollMs: POLICY_POLL_MS,
  });
  const afterAct = () => {
    refresh();
    void room.refresh();
    void policy.refresh();
  };
  return (
    <>
      <RoomActs concert={read.concert} policy={policy.data.value} afterAct={afterAct} />
      <Loaded query={room}>{(now) => <Room concert={read.concert} room={now} />}</Loaded>
    </>
  );
}

function Room({ concert, room }: { readonly concert: Concert; readonly room: WaitingRoom }) {
  const history = historyOf(concert.id).value;
  const rate = admissionRate(history, history.length - 1);
  // The head of the page tells of stopped sales, by which the room is paused as well.
  const conditions = conditionsOf(room).filter(
    ({ title }) => concert.salesState === 'RUNNING' || title !== PAUSED_TITLE,
  );
  return (
    <>
      {conditions.map(({ tone, title, text }) => (
        <Notice key={title} tone={tone} title={title}>
          <p>{text}</p>
        </Notice>
      ))}
      <RoomCounts room={room} />
      <RoomCharts history={history} room={room} />
      <MinutesTable history={history} />
      <RoomFacts room={room} rate={rate} />
    </>
  );
}
