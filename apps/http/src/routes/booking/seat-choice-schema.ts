import type { RequestedSeats } from '@frontrow/domain/booking/hold-rules.ts';
import { NAME_LENGTH_MAX } from '@frontrow/domain/halls/layout.ts';
import { SEATS_PER_RESERVATION_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { id, money, seatNumber } from '../shared/fields.ts';

const accessible = z.exactOptional(z.boolean());

const bestAvailable = z.strictObject({
  count: z.int().min(1).max(SEATS_PER_RESERVATION_MAX),
  category: z
    .exactOptional(z.string().max(NAME_LENGTH_MAX))
    .meta({ description: 'The key of a category of the layout' }),
  section: z
    .exactOptional(z.string().max(NAME_LENGTH_MAX))
    .meta({ description: 'The name of a section of the layout' }),
  accessible: accessible.meta({
    description: 'Exactly one of the seats is accessible; the others are beside it',
  }),
  maxPrice: z.exactOptional(money).meta({ description: 'Of each seat' }),
  together: z.exactOptional(z.enum(['row', 'near'])).meta({
    description:
      '`row` (the default): adjacent seats of one row. `near`: of two adjacent rows, if no row has enough',
  }),
});

export const seatChoice = z
  .strictObject({
    eventId: id,
    seatNumbers: z
      .exactOptional(z.array(seatNumber).min(1).max(SEATS_PER_RESERVATION_MAX))
      .meta({ description: 'In place of `bestAvailable`' }),
    accessible: accessible.meta({
      description: 'Whether the user needs an accessible seat among `seatNumbers`; nobody has to prove it',
    }),
    bestAvailable: z.exactOptional(bestAvailable).meta({ description: 'In place of `seatNumbers`' }),
  })
  .superRefine((body, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (body.bestAvailable === undefined) {
      if (body.seatNumbers === undefined) issue('seatNumbers', 'is needed without bestAvailable');
      return;
    }
    if (body.seatNumbers !== undefined) issue('bestAvailable', 'is in place of seatNumbers');
    if (body.accessible !== undefined) issue('accessible', 'is a member of bestAvailable');
  })
  .meta({
    id: 'SeatChoice',
    examples: [
      { eventId: EXAMPLE.eventId, seatNumbers: [7, 8] },
      { eventId: EXAMPLE.eventId, bestAvailable: { count: 2, category: 'front', maxPrice: 150_000 } },
    ],
  });

/** The seats of a body that `seatChoice` has accepted. */
export function requestedSeats(body: z.output<typeof seatChoice>): RequestedSeats {
  const { seatNumbers = [], bestAvailable: best, accessible: needsAccessible = false } = body;
  return best === undefined ? { seatNumbers, accessible: needsAccessible } : { bestAvailable: best };
}
