import { type HallIndex, indexHall } from '@frontrow/domain/halls/hall-index.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { LayoutReads } from '../ports/halls/layouts.ts';
import { memoizeByObject } from '../shared/memoize-by-object.ts';
import { type FindEventLayout, type SeatedEvent, numberedSeatsOf } from './find-event-layout.ts';

/** The hall of an event, indexed once for each version of its layout. `layouts` reads a version that is not kept. */
export type FindHall = (event: SeatedEvent, layouts: LayoutReads) => Promise<HallIndex>;

export function createFindHall(findEventLayout: FindEventLayout): FindHall {
  return async (event, layouts) => {
    const layout = await findEventLayout(event, layouts);
    invariant(layout !== null, `event ${event.id} has no layout ${event.layoutVersion}`);
    return hallOf(layout);
  };
}

const hallOf: (layout: Layout) => HallIndex = memoizeByObject((layout: Layout) =>
  indexHall(numberedSeatsOf(layout)),
);
