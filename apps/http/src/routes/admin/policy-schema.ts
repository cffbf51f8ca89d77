import { POLICY_DEFAULT, type Policy } from '@frontrow/domain/catalog/policy.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import {
  ACTIVE_MAX,
  BATCH_SIZE_MAX,
  EXTENSIONS_MAX,
  SEATS_PER_RESERVATION_MAX,
  SEATS_PER_USER_MAX,
  SELLABLE_FACTOR_MAX,
  UNPAID_HOLDS_MAX,
} from '@frontrow/domain/shared/limits.ts';
import type { Presale } from '@frontrow/domain/waiting-room/presale.ts';
import { z } from 'zod';
import { durationMs, fanReason, instant, instantInput, parseInstant } from '../shared/fields.ts';

const admission = {
  state: z.enum(['RUNNING', 'PAUSED']),
  reason: fanReason.meta({ description: 'What fans read while admission is PAUSED' }),
  batchSize: z.int().min(1).max(BATCH_SIZE_MAX),
  intervalMs: durationMs,
  shape: z.enum(['batch', 'smooth']),
  maxActive: z.int().min(0).max(ACTIVE_MAX).nullable(),
  sellableFactor: z.number().gt(0).max(SELLABLE_FACTOR_MAX).nullable(),
  sessionTtlMs: durationMs,
  claimTtlMs: durationMs,
  parkRetentionMs: durationMs,
  recoveryGraceMs: durationMs,
};

const hold = {
  ttlMs: durationMs,
  maxExtensions: z.int().min(0).max(EXTENSIONS_MAX),
  maxSeatsPerReservation: z.int().min(1).max(SEATS_PER_RESERVATION_MAX),
  seatsPerUserMax: z
    .int()
    .min(1)
    .max(SEATS_PER_USER_MAX)
    .nullable()
    .meta({ description: 'Seats of a user in the concert, bought and held; null for no limit' }),
  unpaidHoldsMax: z.int().min(1).max(UNPAID_HOLDS_MAX).nullable().meta({
    description: 'Holds that a user may begin within `coolDownMs` and leave unpaid; null for no limit',
  }),
  coolDownMs: durationMs,
  orphans: z
    .enum(['allow', 'refuse'])
    .meta({ description: 'Whether named seats that leave avoidable single seats are refused' }),
  companionSeatsMax: z
    .int()
    .min(0)
    .max(SEATS_PER_RESERVATION_MAX)
    .meta({ description: 'Companion seats with each accessible seat, before their release' }),
  accessibleHoldTtlMs: durationMs.nullable().meta({
    description: 'How long a hold with an accessible seat lasts, for who asks for one; null for `ttlMs`',
  }),
};

const presale = {
  description: 'Before `publicStartAt` a fan joins only with a sale code; null for no presale',
};

export const policy = z
  .object({
    admission: z.object(admission),
    hold: z.object(hold),
    presale: z.object({ publicStartAt: instant }).nullable().meta(presale),
  })
  .meta({
    id: 'Policy',
    examples: [POLICY_DEFAULT],
  });

/** Exact, because the use case writes every member that is present. */
export const policyPatch = z
  .strictObject({
    admission: z.strictObject(exactPartial(admission)).optional(),
    hold: z.strictObject(exactPartial(hold)).optional(),
    presale: z.strictObject({ publicStartAt: instantInput }).nullable().optional().meta(presale),
  })
  .meta({
    id: 'PolicyPatch',
    examples: [{ admission: { state: 'PAUSED', reason: 'We resume at 21:00.' }, hold: { ttlMs: 180_000 } }],
  });

export function presentPolicy(of: Policy): z.output<typeof policy> {
  const { presale: from } = of;
  return {
    admission: { ...of.admission },
    hold: { ...of.hold },
    presale: from && { publicStartAt: formatInstant(from.publicStartAt) },
  };
}

/** Undefined where the body does not name it. */
export function readPresale({ presale: named }: z.output<typeof policyPatch>): Presale | null | undefined {
  return named && { publicStartAt: parseInstant(named.publicStartAt) };
}

function exactPartial<Shape extends Record<string, z.ZodType>>(shape: Shape) {
  return Object.fromEntries(
    Object.entries(shape).map(([member, schema]) => [member, z.exactOptional(schema)]),
  ) as { [Member in keyof Shape]: z.ZodExactOptional<Shape[Member]> };
}
