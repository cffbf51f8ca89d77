import type { RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';

/** What the database has of a waiting room: enough to open it again after a loss of Redis. */
export type RoomRecord = {
  /** 0 before the room was first opened. */
  readonly epoch: number;
  /** The highest sequence that is known to have been admitted. It may be lower than the room's own watermark. */
  readonly watermark: number;
  readonly config: RoomConfig;
};

export type RoomRecords = {
  find(concertId: ConcertId): Promise<RoomRecord | null>;
  /** Raises the epoch by compare-and-set. False where it is not `from`: no two callers raise it to the same epoch. */
  raiseEpoch(concertId: ConcertId, epochs: { readonly from: number; readonly to: number }): Promise<boolean>;
  /** Stores the watermark, unless a higher one is stored. */
  saveWatermark(concertId: ConcertId, watermark: number): Promise<void>;
  /** The concerts whose room has been opened and has a date that keeps it from being over (isRoomOver), cancelled or not. */
  listOpened(): Promise<readonly ConcertId[]>;
};
