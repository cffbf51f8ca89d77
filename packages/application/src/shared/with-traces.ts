import type { Traces } from '../ports/shared/traces.ts';
import type { OutboxMessage } from '../ports/shared/outbox.ts';
import type { Transact } from '../ports/shared/unit-of-work.ts';

/** Lets the messages of a transaction continue its trace, where they continue none yet. */
export function withTraces(transact: Transact, traces: Traces): Transact {
  return (work, subject) =>
    transact((unit) => {
      const append = (messages: readonly OutboxMessage[]) => {
        const traceparent = traces.current();
        if (traceparent === null) return unit.outbox.append(messages);
        return unit.outbox.append(messages.map((message) => ({ traceparent, ...message })));
      };
      return work({ ...unit, outbox: { ...unit.outbox, append } });
    }, subject);
}
