import type { EventDetails } from '@frontrow/application/use-cases/catalog/get-event.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { instant, money } from '../shared/fields.ts';
import { concertName, presentConcertName } from './concert-schema.ts';
import { event, eventExample, presentEvent } from './event-schema.ts';

export const availableCategories = z
  .array(
    z.object({
      key: z.string(),
      name: z.string(),
      price: money,
      colour: z.string(),
      availableCount: z.int().min(0).max(SEATS_PER_EVENT_MAX),
    }),
  )
  .nullable()
  .meta({ description: 'In the order of the layout; null for a date without one' });

export const eventDetails = event
  .extend({
    concert: concertName,
    availableCount: z.int().min(0).max(SEATS_PER_EVENT_MAX).meta({
      description: 'Seats that are neither held, sold nor blocked, also while the date is not on sale',
    }),
    availableAsOf: instant.meta({ description: 'When the seats were counted' }),
    categories: availableCategories,
  })
  .meta({
    id: 'EventDetails',
    examples: [
      {
        ...eventExample,
        concert: { id: EXAMPLE.concertId, title: 'Winter Light', artist: 'The Night Owls' },
        availableCount: 17,
        availableAsOf: '2026-12-01T11:01:12.480Z',
        categories: [
          { key: 'front', name: 'Front', price: 120_000, colour: '#1e90ff', availableCount: 5 },
          { key: 'rear', name: 'Rear', price: 80_000, colour: '#ffd700', availableCount: 12 },
        ],
      },
    ],
  });

export function presentEventDetails({
  event: of,
  concert,
  available,
  categories,
}: EventDetails): z.output<typeof eventDetails> {
  return {
    ...presentEvent(of),
    concert: presentConcertName(concert),
    availableCount: available.count,
    availableAsOf: formatInstant(available.asOf),
    categories: categories === null ? null : [...categories],
  };
}
