import { answerOf, getPolicy, getWaitingRoom } from '@frontrow/client';
import { client } from '../../../shared/api.ts';
import { Loaded } from '../../components/loaded.tsx';
import { useQuery } from '../../data/use-query.ts';
import { PolicyEditor } from './policy-editor.tsx';
import './policy.css';

const POLL_MS = 5_000;

/** The rules of a concert. */
export function PolicyTab({ concertId }: { readonly concertId: string }) {
  const path = { concertId };
  const policy = useQuery((signal) => answerOf(getPolicy({ client, signal, path })), [concertId], {
    pollMs: POLL_MS,
  });
  const room = useQuery((signal) => answerOf(getWaitingRoom({ client, signal, path })), [concertId], {
    pollMs: POLL_MS,
  });
  return (
    <Loaded query={policy}>
      {(present) => (
        <PolicyEditor
          key={concertId}
          concertId={concertId}
          policy={present}
          room={room.data.value}
          refresh={policy.refresh}
        />
      )}
    </Loaded>
  );
}
