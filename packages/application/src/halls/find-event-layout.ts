import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import {
  type NumberedSeats,
  countSeats,
  numberSeats,
  uniformLayout,
} from '@frontrow/domain/halls/numbered-seats.ts';
import type { LayoutReads } from '../ports/halls/layouts.ts';
import { memoizeByObject } from '../shared/memoize-by-object.ts';

/** The facts of an event that its layout depends on. */
export type SeatedEvent = Pick<ConcertEvent, 'id' | 'seatCount' | 'price' | 'layoutVersion'>;

/**
 * The layout of an event in the version of `event`: the same object until it is dropped. Null for an unknown version. A
 * transaction gives its own `layouts`, so that a version that is not kept takes no second connection: it waits for no read
 * that needs one of its own, which could wait for the connections of such transactions.
 */
export type FindEventLayout = (event: SeatedEvent, layouts?: LayoutReads) => Promise<Layout | null>;

/** How many seats of layouts a process keeps; 50,000 seats take about 15 MB. */
const SEATS_KEPT_MAX = 250_000;

/** Keeps the layouts that were used last. A version never changes, and concurrent requests share its read. */
export function createFindEventLayout(layoutReads: LayoutReads): FindEventLayout {
  type Kept = {
    readonly layout: Promise<Layout | null>;
    seatCount: number;
    /** Whether the read waits for a connection of its own. */
    needsConnection: boolean;
  };
  /** The one that was used last comes last. */
  const kept = new Map<string, Kept>();
  let seatsKept = 0;

  function drop(key: string, entry: Kept): void {
    if (kept.get(key) !== entry) return;
    kept.delete(key);
    seatsKept -= entry.seatCount;
  }

  function count(key: string, entry: Kept, layout: Layout): void {
    entry.needsConnection = false;
    if (kept.get(key) !== entry) return;
    entry.seatCount = countSeats(layout);
    seatsKept += entry.seatCount;
    for (const [oldest, other] of kept) {
      if (seatsKept <= SEATS_KEPT_MAX) return;
      if (other !== entry) drop(oldest, other);
    }
  }

  function read(key: string, event: SeatedEvent, layouts: LayoutReads | undefined): Kept {
    const layout = readLayout(layouts ?? layoutReads, event);
    const entry: Kept = { layout, seatCount: 0, needsConnection: layouts === undefined };
    layout.then(
      (found) => (found === null ? drop(key, entry) : count(key, entry, found)),
      () => drop(key, entry),
    );
    return entry;
  }

  return (event, layouts) => {
    const key = keyOf(event);
    const known = kept.get(key);
    const isShared = known !== undefined && !(known.needsConnection && layouts !== undefined);
    const entry = isShared ? known : read(key, event, layouts);
    kept.delete(key);
    kept.set(key, entry);
    return entry.layout;
  };
}

/** The seats of a layout by their numbers; once for each layout object. */
export const numberedSeatsOf: (layout: Layout) => NumberedSeats = memoizeByObject(numberSeats);

function keyOf({ id, layoutVersion, seatCount, price }: SeatedEvent): string {
  return layoutVersion === 0 ? `${id}:0:${seatCount}:${price}` : `${id}:${layoutVersion}`;
}

async function readLayout(layoutReads: LayoutReads, event: SeatedEvent): Promise<Layout | null> {
  const { id: eventId, layoutVersion: version, seatCount, price } = event;
  return version === 0 ? uniformLayout(seatCount, price) : layoutReads.find({ eventId, version });
}
