import { ok } from '@frontrow/domain/shared/result.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import type { Ports } from '../../ports/ports.ts';
import { claimOf } from '../../booking/own-reservation.ts';

/** Stores that lapsed holds are over, which every read assumes already. Returns how many. */
export type SweepHolds = () => Promise<number>;

const SWEEP_BATCH = 200;

type SweepHoldsPorts = Pick<Ports, 'reservationReads' | 'transact'>;

export function createSweepHolds({ reservationReads, transact }: SweepHoldsPorts): SweepHolds {
  return async () => {
    const lapsed = await reservationReads.listLapsed(SWEEP_BATCH);
    const failures: unknown[] = [];
    let swept = 0;
    for (const id of lapsed) {
      try {
        if (await sweep(transact, id)) swept += 1;
      } catch (error) {
        // Sweeps the others too, because a failing hold stays first in the list.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} holds were not swept`);
    return swept;
  };
}

async function sweep(transact: Ports['transact'], id: ReservationId): Promise<boolean> {
  const result = await transact(async ({ seats, reservations }) => {
    const found = await reservations.find(id);
    if (found?.status !== 'EXPIRED') return ok(false);
    await seats.lock(claimOf(found));
    const locked = await reservations.lock(id);
    if (locked?.reservation.status !== 'EXPIRED') return ok(false);
    await seats.release(claimOf(locked.reservation));
    await reservations.save(locked.reservation);
    return ok(true);
  });
  return result.value;
}
