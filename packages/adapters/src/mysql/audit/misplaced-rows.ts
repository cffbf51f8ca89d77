import { slotOf } from '../shards/slot-of.ts';
import type { Sessions } from './sessions.ts';

export const PLACE_RULE = 'a row is on the shard of its concert';

/** The column that Vitess places the rows of each table by. */
const BY_CONCERT = {
  concert: 'id',
  concert_event: 'concert_id',
  event_layout: 'concert_id',
  cancellation: 'concert_id',
  seat: 'concert_id',
  reservation: 'concert_id',
  reservation_seat: 'concert_id',
  reservation_change: 'concert_id',
  payment: 'concert_id',
  failed_payment: 'concert_id',
  refund: 'concert_id',
  refund_seat: 'concert_id',
  gate_check_in: 'concert_id',
  queue_end: 'concert_id',
  room_checkpoint: 'concert_id',
  sale_code: 'concert_id',
  sale_code_use: 'concert_id',
};

type Misplaced = { readonly rule: string; readonly table: string; readonly concertId: string | null };

/** One row for each concert that has rows of a table on another shard than its own. Rows that name no concert are on none. */
export async function findMisplaced({ sales }: Sessions): Promise<readonly Misplaced[]> {
  const found: Misplaced[] = [];
  for (const [table, column] of Object.entries(BY_CONCERT))
    for (const { slots, select } of sales)
      for (const row of await select(`select distinct ${column} as concert_id from ${table}`)) {
        const concertId = row['concert_id'] as string | null;
        const slot = concertId === null ? -1 : slotOf(concertId);
        if (slot < slots.first || slot > slots.last) found.push({ rule: PLACE_RULE, table, concertId });
      }
  return found;
}
