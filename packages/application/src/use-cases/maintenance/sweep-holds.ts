import { ok } from '@frontrow/domain/shared/result.ts';
import { reservationExpired } from '@frontrow/domain/webhooks/message.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import type { Ports } from '../../ports/ports.ts';
import { webhookMessages } from '../../webhooks/webhook-messages.ts';
import { claimOf } from '../../booking/own-reservation.ts';

/** Stores that lapsed holds are over, which every read assumes already. Returns how many. */
export type SweepHolds = () => Promise<number>;

const SWEEP_BATCH = 200;

type SweepHoldsPorts = Pick<Ports, 'reservationReads' | 'transact' | 'ids'>;

export function createSweepHolds(ports: SweepHoldsPorts): SweepHolds {
  return async () => {
    const lapsed = await ports.reservationReads.listLapsed(SWEEP_BATCH);
    const failures: unknown[] = [];
    let swept = 0;
    for (const id of lapsed) {
      try {
        if (await sweep(ports, id)) swept += 1;
      } catch (error) {
        // Sweeps the others too, because a failing hold stays first in the list.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} holds were not swept`);
    return swept;
  };
}

async function sweep({ transact, ids }: SweepHoldsPorts, id: ReservationId): Promise<boolean> {
  const result = await transact(
    async ({ seats, reservations, outbox }) => {
      const found = await reservations.find(id);
      if (found?.status !== 'EXPIRED') return ok(false);
      await seats.lock(claimOf(found));
      const locked = await reservations.lock(id);
      // Extended, paid, cancelled or swept since it was found.
      if (locked?.reservation.status !== 'EXPIRED' || !locked.isStoredHeld) return ok(false);
      await seats.release(claimOf(locked.reservation));
      await reservations.save(locked.reservation);
      await outbox.append(webhookMessages({ ids }, [reservationExpired(locked.reservation)]));
      return ok(true);
    },
    { reservationId: id },
  );
  return result.value;
}
