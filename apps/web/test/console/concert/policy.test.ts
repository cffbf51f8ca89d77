import type { Policy } from '@frontrow/client';
import { describe, expect, it } from 'vitest';
import { policyEffects } from '../../../src/console/concert/policy/policy-effects.ts';
import { POLICY_FIELDS, type PolicyPath } from '../../../src/console/concert/policy/policy-fields.ts';
import {
  type Draft,
  changedPolicy,
  differences,
  inputText,
  patchOf,
  readDraft,
  valueAt,
} from '../../../src/console/concert/policy/policy-values.ts';

const POLICY: Policy = {
  admission: {
    state: 'RUNNING',
    reason: null,
    batchSize: 700,
    intervalMs: 10_000,
    shape: 'batch',
    maxActive: null,
    sellableFactor: null,
    sessionTtlMs: 600_000,
    claimTtlMs: 120_000,
    parkRetentionMs: 600_000,
    recoveryGraceMs: 30_000,
  },
  hold: {
    ttlMs: 300_000,
    maxExtensions: 1,
    maxSeatsPerReservation: 4,
    seatsPerUserMax: null,
    unpaidHoldsMax: 5,
    coolDownMs: 3_600_000,
    orphans: 'allow',
    companionSeatsMax: 1,
    accessibleHoldTtlMs: null,
  },
  presale: null,
};
const ROOM = { waiting: 20_000, active: 1_500, asOf: '2026-12-01T11:00:00.000Z' };

function effectsOf(draft: Draft, room: typeof ROOM | null = ROOM) {
  const { changes } = readDraft(POLICY, draft);
  return policyEffects(changedPolicy(POLICY, changes), changes, room);
}

describe('the rules of a policy', () => {
  it('are all editable, but for the state of admission and its reason', () => {
    const members = [
      ...Object.keys(POLICY.admission).map((member) => `admission.${member}`),
      ...Object.keys(POLICY.hold).map((member) => `hold.${member}`),
      'presale.publicStartAt',
    ].filter((path) => path !== 'admission.state' && path !== 'admission.reason');
    expect(POLICY_FIELDS.map(({ path }) => path).toSorted()).toEqual(members.toSorted());
  });

  it('are unchanged when their texts are typed as they are shown', () => {
    const draft = Object.fromEntries(
      POLICY_FIELDS.map((field) => [field.path, inputText(field, valueAt(POLICY, field.path))]),
    );
    expect(readDraft(POLICY, draft)).toEqual({ changes: [], errors: {} });
  });
});

describe('readDraft', () => {
  it.each<[PolicyPath, string, unknown]>([
    ['admission.batchSize', ' 1400 ', 1_400],
    ['admission.intervalMs', '0.25', 250],
    ['admission.maxActive', '0', 0],
    ['admission.sellableFactor', '1.5', 1.5],
    ['hold.unpaidHoldsMax', '', null],
    ['hold.orphans', 'refuse', 'refuse'],
    ['presale.publicStartAt', '2026-12-02T11:00:00.000Z', '2026-12-02T11:00:00.000Z'],
  ])('reads %s from %j as %j', (path, text, to) => {
    expect(readDraft(POLICY, { [path]: text }).changes).toMatchObject([{ field: { path }, to }]);
  });

  it.each<[PolicyPath, string, string]>([
    ['admission.batchSize', '', 'Needs a value.'],
    ['admission.batchSize', '1.5', 'Must be a whole number.'],
    ['admission.batchSize', '100001', 'Must be 1 to 100,000.'],
    ['admission.batchSize', 'many', 'Is not a number.'],
    ['admission.intervalMs', '0.09', 'Must be 0.1 to 86,400 seconds.'],
    ['hold.ttlMs', '86401', 'Must be 0.1 to 86,400 seconds.'],
    ['admission.sellableFactor', '0', 'Must be more than 0 and at most 1,000.'],
  ])('refuses %s with %j', (path, text, error) => {
    expect(readDraft(POLICY, { [path]: text })).toEqual({ changes: [], errors: { [path]: error } });
  });

  it('has no change once somebody else has made the same', () => {
    const draft = { 'admission.batchSize': '1400' };
    const changed = changedPolicy(POLICY, readDraft(POLICY, draft).changes);
    expect(differences(POLICY, changed)).toHaveLength(1);
    expect(readDraft(changed, draft).changes).toEqual([]);
  });
});

describe('patchOf', () => {
  it('has only what is different', () => {
    const { changes } = readDraft(POLICY, {
      'admission.batchSize': '1400',
      'hold.ttlMs': '300',
      'hold.maxExtensions': '2',
    });
    expect(patchOf(changes)).toEqual({ admission: { batchSize: 1_400 }, hold: { maxExtensions: 2 } });
  });

  it('begins and ends a presale as a whole', () => {
    const publicStartAt = '2026-12-02T11:00:00.000Z';
    const begin = readDraft(POLICY, { 'presale.publicStartAt': publicStartAt }).changes;
    expect(patchOf(begin)).toEqual({ presale: { publicStartAt } });
    const during = changedPolicy(POLICY, begin);
    expect(patchOf(readDraft(during, { 'presale.publicStartAt': '' }).changes)).toEqual({ presale: null });
  });
});

describe('policyEffects', () => {
  it('says how fast fans are admitted and how long those who wait need', () => {
    expect(effectsOf({ 'admission.batchSize': '1400' })).toEqual([
      '1,400 fans every 10 s = 140 per second. At that rate the 20,000 waiting fans need about 2 min 23 s.',
    ]);
  });

  it('says the rate alone while nobody waits or the room is not known', () => {
    const rate = ['1,400 fans every 10 s = 140 per second.'];
    expect(effectsOf({ 'admission.batchSize': '1400' }, { ...ROOM, waiting: 0 })).toEqual(rate);
    expect(effectsOf({ 'admission.batchSize': '1400' }, null)).toEqual(rate);
  });

  it('says once what several rules do together', () => {
    const draft: Draft = {
      'admission.batchSize': '1',
      'admission.intervalMs': '0.5',
      'admission.shape': 'smooth',
    };
    expect(effectsOf(draft, { ...ROOM, waiting: 1 })).toEqual([
      '1 fan every 0.5 s, evenly = 2 per second. At that rate the 1 waiting fan needs about 0.5 s.',
    ]);
  });

  it('says that holds and sessions keep their time', () => {
    expect(effectsOf({ 'hold.ttlMs': '180', 'admission.sessionTtlMs': '300' })).toEqual([
      'Sessions that have begun keep their time.',
      'Holds that were already granted keep their time.',
    ]);
  });

  it.each<[string, string]>([
    ['0', 'Nobody is admitted while no fan may be active.'],
    ['1000', '1,500 fans are active now: nobody else is admitted until fewer than 1,000 are.'],
    ['2000', 'Fans who are active stay so; the limit counts for the next admissions.'],
  ])('says what a limit of %s active fans does', (text, effect) => {
    expect(effectsOf({ 'admission.maxActive': text })).toEqual([effect]);
  });

  it.each<[string, string]>([
    [
      '2026-12-01T12:00:00.000Z',
      'Until the public start only fans with a sale code join; places that exist stay.',
    ],
    ['2026-12-01T10:00:00.000Z', 'The public start is over: everybody may join.'],
  ])('says what a public start at %s does', (text, effect) => {
    expect(effectsOf({ 'presale.publicStartAt': text })).toEqual([effect]);
  });
});
