import type { RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';

/** What the database knows of a waiting room, so that the room can be opened again wherever its memory was lost. */
export type RoomRecord = {
  /** 0 before the room was first opened. */
  readonly epoch: number;
  /** The highest sequence known to have been admitted; may lag behind the room's own. */
  readonly watermark: number;
  readonly config: RoomConfig;
};

export type RoomRecords = {
  find(concertId: ConcertId): Promise<RoomRecord | null>;
  /** Raises the epoch from `from` by one, by compare-and-set; answers the epoch that then holds, whoever raised it. */
  raiseEpoch(concertId: ConcertId, from: number): Promise<number>;
  /** Remembers how far admission has come; a lower watermark than the one known changes nothing. */
  saveWatermark(concertId: ConcertId, watermark: number): Promise<void>;
};
