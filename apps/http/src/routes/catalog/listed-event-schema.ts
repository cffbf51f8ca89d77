import type { ListedEvent } from '@frontrow/application/use-cases/catalog/list-events.ts';
import type { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { formatNullable, instantInput, queryBoolean } from '../shared/fields.ts';
import { pageOf, pageQuery } from '../shared/paging.ts';
import { eventDetails } from './event-details-schema.ts';
import { event, eventExample, presentEvent } from './event-schema.ts';

const { availableCount, availableAsOf } = eventDetails.shape;

const listedEvent = event
  .extend({
    availableCount: availableCount.nullable().meta({
      description:
        'Seats that are neither held nor sold, also while the date is not on sale; null while they cannot be counted',
    }),
    availableAsOf: availableAsOf.nullable(),
  })
  .meta({ id: 'ListedEvent' });

export const listedEventPage = pageOf(listedEvent).meta({
  id: 'ListedEventPage',
  examples: [
    {
      items: [{ ...eventExample, availableCount: 17, availableAsOf: '2026-12-01T11:01:12.480Z' }],
      nextCursor: EXAMPLE.cursor,
    },
  ],
});

export const listedEventQuery = pageQuery.extend({
  bookable: queryBoolean.optional().meta({ description: 'true for the dates on sale now; false for all' }),
  from: instantInput.optional().meta({ description: 'Only dates that start at this time or later' }),
  to: instantInput.optional().meta({ description: 'Only dates that start before this time' }),
});

export function presentListedEvent(of: ListedEvent): z.output<typeof listedEvent> {
  return {
    ...presentEvent(of),
    availableCount: of.available?.count ?? null,
    availableAsOf: formatNullable(of.available?.asOf ?? null),
  };
}
