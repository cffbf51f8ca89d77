import type { Room } from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';

/** What a room tells those who follow it in a snapshot. */
export type RoomChanges = {
  readonly room: Room;
  readonly asOf: Instant;
  readonly watermark: number;
  readonly counter: number;
  readonly followed: number;
  readonly admittedTotal: number;
  readonly waiting: number;
  readonly parked: number;
  readonly active: number;
  /** `-sequence`, `+sequence` and `xsequence:reason`, as lua/prelude.lua writes them. */
  readonly entries: readonly string[];
};
