import type { Category, Layout, LayoutSeat, Row, Section } from '@frontrow/domain/halls/layout.ts';

const CATEGORIES: readonly Category[] = [
  { key: 'premium', name: 'Premium', price: 165_000, colour: '#b8336a' },
  { key: 'standard', name: 'Standard', price: 121_000, colour: '#2a7f9e' },
  { key: 'rear', name: 'Rear', price: 88_000, colour: '#6a994e' },
  { key: 'box', name: 'Box', price: 198_000, colour: '#bc8034' },
];

const SEAT_WIDTH = 10;
const ROW_DEPTH = 12;

/** Members of a seat beside its label and coordinates. */
type SeatFacts = Omit<LayoutSeat, 'label' | 'x' | 'y'>;
type Block = {
  readonly name: string;
  /** Of the first seat of the first row. */
  readonly left: number;
  readonly top: number;
  readonly rowLabels: readonly string[];
  readonly seatsPerRow: number;
  readonly factsOf: (row: string, seat: number) => SeatFacts;
};

/** A concert hall of 1,204 seats: a parterre in three blocks, boxes on both sides, and a circle above. */
export function createDemoHall(): Layout {
  const rows = lettersTo('R');
  return {
    stage: { x: 220, y: -60 },
    categories: CATEGORIES,
    sections: [
      sectionOf({
        name: 'Parterre Left',
        left: 0,
        top: 0,
        rowLabels: rows,
        seatsPerRow: 12,
        factsOf: parterreSide,
      }),
      sectionOf({
        name: 'Parterre Centre',
        left: 125,
        top: 0,
        rowLabels: rows,
        seatsPerRow: 20,
        factsOf: parterreCentre,
      }),
      sectionOf({
        name: 'Parterre Right',
        left: 330,
        top: 0,
        rowLabels: rows,
        seatsPerRow: 12,
        factsOf: parterreSide,
      }),
      sectionOf({ name: 'Boxes Left', left: -80, top: 0, rowLabels: BOXES, seatsPerRow: 6, factsOf: box }),
      sectionOf({ name: 'Boxes Right', left: 470, top: 0, rowLabels: BOXES, seatsPerRow: 6, factsOf: box }),
      sectionOf({
        name: 'Circle',
        left: 55,
        top: 250,
        rowLabels: lettersTo('J'),
        seatsPerRow: 34,
        factsOf: circle,
      }),
    ],
  };
}

const BOXES = ['1', '2', '3', '4', '5', '6'];

/** The first places of the last row are for wheelchairs, each with a companion's seat beside it. */
function parterreSide(row: string, seat: number): SeatFacts {
  const category = row <= 'L' ? 'standard' : 'rear';
  if (row !== 'R' || seat > 6) return { category };
  return seat % 2 === 1 ? { category, accessible: true } : { category, companionOf: `${seat - 1}` };
}

function parterreCentre(row: string, seat: number): SeatFacts {
  const category = row <= 'F' ? 'premium' : row <= 'N' ? 'standard' : 'rear';
  const hasCamera = row === 'M' && seat >= 9 && seat <= 12;
  return hasCamera ? { category, blocked: 'camera' } : { category };
}

const box = (): SeatFacts => ({ category: 'box' });

function circle(row: string, seat: number): SeatFacts {
  const category = row <= 'C' ? 'standard' : 'rear';
  if (row === 'J' && seat <= 2) return { category, blocked: 'lighting desk' };
  return row === 'F' && seat % 11 === 0 ? { category, obstructedView: 'behind a pillar' } : { category };
}

function sectionOf({ name, left, top, rowLabels, seatsPerRow, factsOf }: Block): Section {
  const rows = rowLabels.map((label, depth): Row => {
    const y = top + depth * ROW_DEPTH;
    const seats = Array.from({ length: seatsPerRow }, (_, index) => ({
      label: `${index + 1}`,
      x: left + index * SEAT_WIDTH,
      y,
      ...factsOf(label, index + 1),
    }));
    return { label, seats };
  });
  return { name, kind: 'SEATED', outline: outlineOf(left, top, seatsPerRow, rowLabels.length), rows };
}

/** A rectangle around the seats, half a seat away from them. */
function outlineOf(left: number, top: number, seatsPerRow: number, rows: number): Section['outline'] {
  const [x1, y1] = [left - SEAT_WIDTH / 2, top - ROW_DEPTH / 2];
  const [x2, y2] = [x1 + seatsPerRow * SEAT_WIDTH, y1 + rows * ROW_DEPTH];
  return [
    { x: x1, y: y1 },
    { x: x2, y: y1 },
    { x: x2, y: y2 },
    { x: x1, y: y2 },
  ];
}

/** The capital letters from A to `last`. */
function lettersTo(last: string): readonly string[] {
  const length = last.charCodeAt(0) - 64;
  return Array.from({ length }, (_, index) => String.fromCharCode(65 + index));
}
