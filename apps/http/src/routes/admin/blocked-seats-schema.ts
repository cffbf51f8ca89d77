import type { ChangedBlocks } from '@frontrow/application/use-cases/halls/block-seats.ts';
import type { ListedBlockedSeat } from '@frontrow/application/use-cases/halls/list-blocked-seats.ts';
import { LABEL_LENGTH_MAX, NAME_LENGTH_MAX, NOTE_LENGTH_MAX } from '@frontrow/domain/halls/layout.ts';
import type { SeatSelection } from '@frontrow/domain/halls/seat-selection.ts';
import { NAMED_SEATS_MAX, SEATS_PER_EVENT_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { id, lineOf, seatNumber } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';

const section = z.string().max(NAME_LENGTH_MAX);
const row = z.string().max(LABEL_LENGTH_MAX);
const inPlaceOf = 'In place of the other ways to name seats';

const blockReason = lineOf(NOTE_LENGTH_MAX).meta({ description: 'Only staff see it' });

const example = { from: 21, to: 40, reason: 'A camera' };

export const seatSelection = z
  .strictObject({
    seatNumbers: z
      .exactOptional(z.array(seatNumber).min(1).max(NAMED_SEATS_MAX))
      .meta({ description: inPlaceOf }),
    from: z.exactOptional(seatNumber).meta({ description: `The first seat of a range. ${inPlaceOf}` }),
    to: z.exactOptional(seatNumber).meta({ description: 'The last seat of the range' }),
    section: z
      .exactOptional(section)
      .meta({ description: `The name of a section of the layout. ${inPlaceOf}` }),
    row: z.exactOptional(row).meta({ description: 'The label of a row, for that row of the section alone' }),
    reason: blockReason,
  })
  .superRefine((body, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const hasRange = body.from !== undefined || body.to !== undefined;
    const hasSection = body.section !== undefined || body.row !== undefined;
    const ways = [body.seatNumbers !== undefined, hasRange, hasSection].filter(Boolean).length;
    if (ways === 0) issue('seatNumbers', 'is needed, or from and to, or section');
    if (ways > 1)
      issue('seatNumbers', 'seats are named in one way: by seatNumbers, by from and to, or by section');
    if (hasRange && body.from === undefined) issue('from', 'is needed with to');
    if (hasRange && body.to === undefined) issue('to', 'is needed with from');
    if (body.row !== undefined && body.section === undefined) issue('section', 'is needed with row');
  })
  .meta({
    id: 'SeatSelection',
    examples: [
      { from: example.from, to: example.to, reason: example.reason },
      { seatNumbers: [1, 2], reason: 'The family of the singer' },
      { section: 'Balcony', row: 'A', reason: 'Lights' },
    ],
  });

/** The selection of a body that `seatSelection` has accepted. */
export function selectionOf(body: z.output<typeof seatSelection>): SeatSelection {
  if (body.seatNumbers !== undefined) return { by: 'NUMBERS', seatNumbers: body.seatNumbers };
  if (body.section !== undefined) return { by: 'SECTION', section: body.section, row: body.row ?? null };
  return { by: 'RANGE', from: body.from ?? 0, to: body.to ?? 0 };
}

const seatTotal = z.int().min(0).max(SEATS_PER_EVENT_MAX);
const range = z.object({ from: seatNumber, to: seatNumber, reason: z.string() });

export const changedBlocks = z
  .object({
    eventId: id,
    seatCount: seatTotal.meta({ description: 'How many seats the ranges have' }),
    ranges: z.array(range).meta({ description: 'Seats with consecutive numbers and one reason' }),
  })
  .meta({ id: 'ChangedBlocks', examples: [{ eventId: EXAMPLE.eventId, seatCount: 20, ranges: [example] }] });

export function presentChangedBlocks({ eventId, ranges }: ChangedBlocks): z.output<typeof changedBlocks> {
  const seatCount = ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return { eventId, seatCount, ranges: [...ranges] };
}

const blockedSeat = z
  .object({
    number: seatNumber,
    section: section.nullable().meta({ description: 'Null for a date without a layout, as row and label' }),
    row: row.nullable(),
    label: z.string().max(LABEL_LENGTH_MAX).nullable(),
    reason: z.string(),
  })
  .meta({
    id: 'BlockedSeat',
    examples: [{ number: 21, section: 'Parterre', row: 'C', label: '1', reason: example.reason }],
  });

export const blockedSeatPage = pageOf(blockedSeat).meta({
  id: 'BlockedSeatPage',
  examples: [
    {
      items: [{ number: 21, section: 'Parterre', row: 'C', label: '1', reason: example.reason }],
      nextCursor: null,
    },
  ],
});

export function presentBlockedSeat({
  number,
  reason,
  place,
}: ListedBlockedSeat): z.output<typeof blockedSeat> {
  const { section: name = null, row: ofRow = null, label = null } = place ?? {};
  return { number, section: name, row: ofRow, label, reason };
}
