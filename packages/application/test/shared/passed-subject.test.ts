import type { Subject, Transact, UnitOfWork } from '../../src/ports/shared/unit-of-work.ts';
import { withTraces } from '../../src/shared/with-traces.ts';
import { createWantedTypes, withWantedMessages } from '../../src/webhooks/wanted-types.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { expect, it } from 'vitest';

// Behind vtgate, an idempotency key is stored on the shard of the subject: a key without it would be looked for elsewhere.
it('passes the subject of a transaction through all that wraps it', async () => {
  const subjects: (Subject | undefined)[] = [];
  const transact: Transact = (work, subject) => {
    subjects.push(subject);
    return work({ outbox: {} } as UnitOfWork);
  };
  const webhookEndpointReads = { listWantedTypes: async () => new Set<never>() } as never;
  const wrapped = withTraces(withWantedMessages(transact, createWantedTypes({ webhookEndpointReads })), {
    current: () => null,
  } as never);
  await wrapped(async () => ok(undefined), { userId: 'mina' });
  expect(subjects).toEqual([{ userId: 'mina' }]);
});
