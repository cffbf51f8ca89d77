import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { type CountedDate, soldOutSince } from '@frontrow/domain/waiting-room/inventory.ts';
import { roomSoldOut } from '@frontrow/domain/webhooks/message.ts';
import type { Ports } from '../ports/ports.ts';
import { webhookMessages } from '../webhooks/webhook-messages.ts';

export type RecordSellOutPorts = Pick<Ports, 'transact' | 'ids' | 'sellOutReads'>;

/**
 * Stores that a concert is sold out, with one message to webhook endpoints, or that seats are left again. Any number of
 * processes may call it at once.
 */
export async function recordSellOut(
  { transact, ids, sellOutReads }: RecordSellOutPorts,
  concertId: ConcertId,
  count: { readonly dates: readonly CountedDate[]; readonly countedAt: Instant },
): Promise<void> {
  const stored = await sellOutReads.find(concertId);
  if (soldOutSince(stored, count.dates, count.countedAt) === stored) return;
  await transact(
    async ({ sellOuts, outbox }) => {
      // Another process may have stored a later count than this one, so the seats are counted again under the lock.
      const { soldOutAt, dates, asOf } = await sellOuts.lock(concertId);
      const since = soldOutSince(soldOutAt, dates, asOf);
      if (since === soldOutAt) return ok(undefined);
      await sellOuts.save(concertId, since);
      if (since !== null) await outbox.append(webhookMessages({ ids }, [roomSoldOut(concertId, since)]));
      return ok(undefined);
    },
    { concertId },
  );
}
