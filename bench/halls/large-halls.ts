import { type HallIndex, indexHall } from '@frontrow/domain/halls/hall-index.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { numberSeats } from '@frontrow/domain/halls/numbered-seats.ts';

/** By the index of the category. */
export const PRICES = [150_000, 120_000, 90_000, 60_000];

export function blockHall(...size: Parameters<typeof blockLayout>): HallIndex {
  return indexHall(numberSeats(blockLayout(...size)));
}

/** A hall of `blocks` sections, five beside each other. The category of a seat depends on its row. */
export function blockLayout(blocks: number, rows: number, seatsPerRow: number): Layout {
  return {
    categories: PRICES.map((price, index) => ({
      key: `category-${index}`,
      name: `Category ${index + 1}`,
      price,
      colour: '#000000',
    })),
    sections: Array.from({ length: blocks }, (_block, block) => ({
      name: `Block ${block + 1}`,
      kind: 'SEATED',
      outline: [],
      rows: Array.from({ length: rows }, (_row, row) => ({
        label: `${row + 1}`,
        seats: Array.from({ length: seatsPerRow }, (_seat, position) => ({
          label: `${position + 1}`,
          category: `category-${Math.floor((PRICES.length * row) / rows)}`,
          x: (block % 5) * (seatsPerRow + 2) + position,
          y: Math.floor(block / 5) * (rows + 2) + row + 1,
          // The last row begins with an accessible seat and its companion seat.
          ...(row === rows - 1 && position === 0 ? { accessible: true } : {}),
          ...(row === rows - 1 && position === 1 ? { companionOf: '1' } : {}),
        })),
      })),
    })),
  };
}
