import { isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import { type SortedLine, markLine } from '@frontrow/domain/waiting-room/line-marks.ts';
import type { RoomStatus } from '../ports/waiting-room/waiting-room.ts';
import type { WaitTracker } from './wait-tracker.ts';

type RoomView = Pick<RoomStatus, 'concertId' | 'room' | 'asOf' | 'epoch' | 'unsoldSeats'> & {
  readonly line: SortedLine;
  readonly wait: WaitTracker;
};

export function roomStatusOf({ line, wait, ...view }: RoomView): RoomStatus {
  const marks = isRestoring(view.room, view.asOf) ? [] : markLine(line);
  const length = marks.at(-1)?.position ?? 0;
  return { ...view, line: marks, waits: wait.marks(length), advance: wait.advance() };
}
