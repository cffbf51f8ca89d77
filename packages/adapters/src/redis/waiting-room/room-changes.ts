import type { Room } from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { InventorySnapshot } from '@frontrow/domain/waiting-room/inventory.ts';
import type { LogChange } from './room-log.ts';

/** What has changed in a room since a snapshot of it was taken. */
export type RoomChanges = {
  readonly room: Room;
  readonly asOf: Instant;
  readonly watermark: number;
  readonly counter: number;
  readonly admittedTotal: number;
  readonly waiting: number;
  readonly parked: number;
  readonly active: number;
  readonly count: Pick<InventorySnapshot, 'dates' | 'soldBefore'>;
  /** How many seats payments have reported sold. */
  readonly soldTotal: number;
  /** The entries of the room's log since the snapshot, and the index of the last one. */
  readonly log: readonly LogChange[];
  readonly logEnd: number;
};
