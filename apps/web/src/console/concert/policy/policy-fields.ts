import type { Policy } from '@frontrow/client';

type Admission = Exclude<keyof Policy['admission'], 'state' | 'reason'>;
type Hold = keyof Policy['hold'];

export type PolicyPath = `admission.${Admission}` | `hold.${Hold}` | 'presale.publicStartAt';

/** A rule of the policy that an operator edits as text; an empty text is null. */
export type PolicyField = {
  readonly path: PolicyPath;
  readonly label: string;
  /** What the rule does, in one sentence. */
  readonly help: string;
  /** What an empty text means; absent for a rule that must have a value. */
  readonly none?: string;
} & (
  | { readonly kind: 'count'; readonly unit: string; readonly min: number; readonly max: number }
  /** Edited in seconds. */
  | { readonly kind: 'duration' }
  /** Greater than zero. */
  | { readonly kind: 'factor'; readonly max: number }
  | { readonly kind: 'choice'; readonly options: Readonly<Record<string, string>> }
  | { readonly kind: 'instant' }
);

export const DURATION_MIN_MS = 100;
export const DURATION_MAX_MS = 86_400_000;

export const POLICY_GROUPS: readonly { readonly title: string; readonly fields: readonly PolicyField[] }[] = [
  {
    title: 'Admission',
    fields: [
      {
        path: 'admission.batchSize',
        label: 'Batch size',
        help: 'How many fans an admission window admits at most.',
        kind: 'count',
        unit: 'fans',
        min: 1,
        max: 100_000,
      },
      {
        path: 'admission.intervalMs',
        label: 'Window',
        help: 'How long an admission window lasts; the next one opens after it.',
        kind: 'duration',
      },
      {
        path: 'admission.shape',
        label: 'Shape',
        help: 'When in its window a batch is admitted.',
        kind: 'choice',
        options: { batch: 'All at once, when the window opens', smooth: 'Evenly over the window' },
      },
      {
        path: 'admission.maxActive',
        label: 'Active fans at most',
        help: 'How many fans may be admitted at the same time; others wait until somebody pays or leaves.',
        none: 'no limit',
        kind: 'count',
        unit: 'fans',
        min: 0,
        max: 10_000_000,
      },
      {
        path: 'admission.sellableFactor',
        label: 'Fans per free seat',
        help: 'How many active fans without a hold there may be for each seat that can be sold.',
        none: 'no limit',
        kind: 'factor',
        max: 1_000,
      },
    ],
  },
  {
    title: 'Places',
    fields: [
      {
        path: 'admission.sessionTtlMs',
        label: 'Session',
        help: 'How long an admitted fan may book, from the moment the fan shows up.',
        kind: 'duration',
      },
      {
        path: 'admission.claimTtlMs',
        label: 'Claim window',
        help: 'How long an admitted fan has to show up before the next one gets the turn. A hidden tab asks once a minute.',
        kind: 'duration',
      },
      {
        path: 'admission.parkRetentionMs',
        label: 'Return',
        help: 'How long a fan who missed the turn may come back and is admitted first.',
        kind: 'duration',
      },
      {
        path: 'admission.recoveryGraceMs',
        label: 'Grace after a loss',
        help: 'How long nobody is admitted after a loss of Redis, while fans get their places back.',
        kind: 'duration',
      },
    ],
  },
  {
    title: 'Holds',
    fields: [
      {
        path: 'hold.ttlMs',
        label: 'Hold',
        help: 'How long a fan has to pay for held seats.',
        kind: 'duration',
      },
      {
        path: 'hold.maxExtensions',
        label: 'Extensions',
        help: 'How often a fan may start the time of a hold again.',
        kind: 'count',
        unit: 'times',
        min: 0,
        max: 100,
      },
      {
        path: 'hold.maxSeatsPerReservation',
        label: 'Seats per order',
        help: 'How many seats one order may have.',
        kind: 'count',
        unit: 'seats',
        min: 1,
        max: 50,
      },
      {
        path: 'hold.seatsPerUserMax',
        label: 'Seats per fan',
        help: 'How many seats a fan may have in the concert, bought and held together.',
        none: 'no limit',
        kind: 'count',
        unit: 'seats',
        min: 1,
        max: 10_000,
      },
      {
        path: 'hold.unpaidHoldsMax',
        label: 'Unpaid holds',
        help: 'How many holds a fan may leave unpaid within the cool-down.',
        none: 'no limit',
        kind: 'count',
        unit: 'holds',
        min: 1,
        max: 1_000,
      },
      {
        path: 'hold.coolDownMs',
        label: 'Cool-down',
        help: 'The time over which unpaid holds of a fan are counted.',
        kind: 'duration',
      },
      {
        path: 'hold.orphans',
        label: 'Single seats',
        help: 'Whether a choice that leaves an avoidable single seat is refused.',
        kind: 'choice',
        options: { allow: 'Allow', refuse: 'Refuse' },
      },
      {
        path: 'hold.companionSeatsMax',
        label: 'Companion seats',
        help: 'How many companion seats a fan may hold with each accessible seat, before their release.',
        kind: 'count',
        unit: 'seats',
        min: 0,
        max: 50,
      },
      {
        path: 'hold.accessibleHoldTtlMs',
        label: 'Hold with an accessible seat',
        help: 'How long such a hold lasts for a fan who asks for an accessible seat.',
        none: 'as any hold',
        kind: 'duration',
      },
    ],
  },
  {
    title: 'Presale',
    fields: [
      {
        path: 'presale.publicStartAt',
        label: 'Public start',
        help: 'Before this moment a fan joins only with a sale code.',
        none: 'no presale',
        kind: 'instant',
      },
    ],
  },
];

export const POLICY_FIELDS = POLICY_GROUPS.flatMap(({ fields }) => fields);
