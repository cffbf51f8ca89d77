import { type HallIndex, type IndexedRow, rowOf } from './hall-index.ts';

/** The free seats of a hall by one reading. Arrays by seat have the entry of seat n at index n: 1 or 0. */
export type FreeSeats = {
  /** Accessible seats and companion seats are on general sale once they are released. */
  readonly generalSale: Uint8Array;
  readonly free: Uint8Array;
  /** Free and on general sale. */
  readonly open: Uint8Array;
  /** By the index of the row. */
  readonly openInRow: Uint16Array;
  /** By the index of the row: grows with each change of its free seats. */
  readonly rowVersions: Uint32Array;
};

/** Reads the free seats: all but the `unavailable` ones, which are held, sold or blocked. */
export function readFreeSeats(
  hall: HallIndex,
  unavailable: Iterable<number>,
  accessibleReleased: boolean,
): FreeSeats {
  const free = new Uint8Array(hall.seats.seatCount + 1).fill(1, 1);
  const generalSale = free.slice();
  const openInRow = Uint16Array.from(hall.rows, ({ first, last }) => last - first + 1);
  for (const number of accessibleReleased ? [] : hall.setAside) {
    generalSale[number] = 0;
    openInRow[rowOf(hall, number).index]! -= 1;
  }
  const seats = {
    generalSale,
    free,
    open: generalSale.slice(),
    openInRow,
    rowVersions: new Uint32Array(hall.rows.length),
  };
  takeSeats(hall, seats, unavailable);
  return seats;
}

/** Numbers that are taken already stay so. */
export function takeSeats(hall: HallIndex, seats: FreeSeats, numbers: Iterable<number>): void {
  for (const number of numbers) {
    const { index } = rowOf(hall, number);
    seats.openInRow[index]! -= seats.open[number]!;
    seats.rowVersions[index]! += 1;
    seats.free[number] = 0;
    seats.open[number] = 0;
  }
}

/** Makes taken seats free again. */
export function releaseSeats(hall: HallIndex, seats: FreeSeats, numbers: Iterable<number>): void {
  for (const number of numbers) {
    const { index } = rowOf(hall, number);
    seats.openInRow[index]! += seats.generalSale[number]! - seats.open[number]!;
    seats.rowVersions[index]! += 1;
    seats.free[number] = 1;
    seats.open[number] = seats.generalSale[number]!;
  }
}

/** Whether a seat is an orphan: open, and no open seat is beside it in its row. */
export function isOrphan({ open }: FreeSeats, row: IndexedRow, number: number): boolean {
  if (row.isStanding || number < row.first || number > row.last || open[number] === 0) return false;
  return !(number > row.first && open[number - 1] === 1) && !(number < row.last && open[number + 1] === 1);
}

/** How many orphans there would be more if the free seats from `first` to `last` of the row were taken. */
export function countNewOrphans(seats: FreeSeats, row: IndexedRow, first: number, last: number): number {
  if (row.isStanding) return 0;
  const { open } = seats;
  const isLoneBefore =
    first > row.first && open[first - 1] === 1 && !(first - 1 > row.first && open[first - 2] === 1);
  const isLoneAfter =
    last < row.last && open[last + 1] === 1 && !(last + 1 < row.last && open[last + 2] === 1);
  // Beside an accessible seat, which is not on general sale, it was an orphan already.
  return (isLoneBefore && open[first] === 1 ? 1 : 0) + (isLoneAfter && open[last] === 1 ? 1 : 0);
}
