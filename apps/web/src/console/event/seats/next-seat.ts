import type { HallRow } from '../../hall/hall.ts';

/** The seat that a key leads to from `number`; null for another key or at an end. */
export function nextSeat(lines: readonly HallRow[], number: number, key: string): number | null {
  const at = lines.findIndex(({ firstNumber, seats }) => number - firstNumber < seats.length);
  const line = lines[at];
  if (line === undefined) return null;
  const column = number - line.firstNumber;
  switch (key) {
    case 'ArrowRight':
      return seatIn(line, column + 1);
    case 'ArrowLeft':
      return seatIn(line, column - 1);
    case 'Home':
      return seatIn(line, 0);
    case 'End':
      return seatIn(line, line.seats.length - 1);
    case 'ArrowDown':
      return nearestIn(lines[at + 1], column);
    case 'ArrowUp':
      return nearestIn(lines[at - 1], column);
    default:
      return null;
  }
}

function seatIn({ firstNumber, seats }: HallRow, column: number): number | null {
  return column >= 0 && column < seats.length ? firstNumber + column : null;
}

/** In the same column, or at the end of a shorter line. */
function nearestIn(line: HallRow | undefined, column: number): number | null {
  return line === undefined ? null : seatIn(line, Math.min(column, line.seats.length - 1));
}
