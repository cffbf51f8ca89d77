import type { Policy, WaitingRoom } from '@frontrow/client';
import { formatNumber } from '../../../shared/i18n/formats.ts';
import { durationText } from '../../components/duration-text.ts';
import type { PolicyPath } from './policy-fields.ts';
import type { PolicyChange } from './policy-values.ts';

type Counts = Pick<WaitingRoom, 'waiting' | 'active' | 'asOf'>;

const RATE_PATHS: readonly PolicyPath[] = ['admission.batchSize', 'admission.intervalMs', 'admission.shape'];
const ACTIVE_PATHS: readonly PolicyPath[] = ['admission.maxActive', 'admission.sellableFactor'];
const KEPT: readonly (readonly [readonly PolicyPath[], string])[] = [
  [['admission.sessionTtlMs'], 'Sessions that have begun keep their time.'],
  [
    ['admission.claimTtlMs', 'admission.parkRetentionMs'],
    'Fans who were admitted before the change keep the time that they were given.',
  ],
  [['hold.ttlMs', 'hold.accessibleHoldTtlMs'], 'Holds that were already granted keep their time.'],
  [
    ['hold.maxSeatsPerReservation', 'hold.seatsPerUserMax', 'hold.companionSeatsMax'],
    'Orders that exist keep their seats; the rule counts for new holds.',
  ],
  [['hold.maxExtensions'], 'The rule counts for the next extension of any hold.'],
  [['hold.unpaidHoldsMax', 'hold.coolDownMs'], 'The rule counts for the next hold of each fan.'],
  [['admission.recoveryGraceMs'], 'The rule counts for the next loss of Redis.'],
];

/** What changes of a policy will do, in words. `counts` is null where the room is not known. */
export function policyEffects(
  after: Policy,
  changes: readonly PolicyChange[],
  counts: Counts | null,
): readonly string[] {
  const isChanged = (paths: readonly PolicyPath[]) => changes.some(({ field }) => paths.includes(field.path));
  const effects = [
    isChanged(RATE_PATHS) && rateEffect(after, counts),
    isChanged(ACTIVE_PATHS) && activeEffect(after, counts),
    ...KEPT.map(([paths, text]) => isChanged(paths) && text),
    isChanged(['hold.orphans']) && orphansEffect(after),
    isChanged(['presale.publicStartAt']) && presaleEffect(after, counts),
  ];
  return effects.filter((effect) => effect !== false);
}

function rateEffect({ admission }: Policy, counts: Counts | null): string {
  const { batchSize, intervalMs, shape } = admission;
  const perSecond = (batchSize * 1000) / intervalMs;
  const rate = new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(perSecond);
  const how = shape === 'smooth' ? ', evenly' : '';
  const start = `${fans(batchSize)} every ${durationText(intervalMs)}${how} = ${rate} per second.`;
  if (counts === null || counts.waiting === 0) return start;
  const need = counts.waiting === 1 ? 'needs' : 'need';
  const wait = durationText((counts.waiting / perSecond) * 1000);
  return `${start} At that rate the ${formatNumber(counts.waiting)} waiting ${fanWord(counts.waiting)} ${need} about ${wait}.`;
}

function activeEffect({ admission: { maxActive, sellableFactor } }: Policy, counts: Counts | null): string {
  if (maxActive === 0) return 'Nobody is admitted while no fan may be active.';
  if (maxActive !== null && counts !== null && counts.active >= maxActive)
    return `${fans(counts.active)} are active now: nobody else is admitted until fewer than ${formatNumber(maxActive)} are.`;
  if (maxActive === null && sellableFactor === null)
    return 'The number of active fans has no limit besides the rate of admission.';
  return 'Fans who are active stay so; the limit counts for the next admissions.';
}

function orphansEffect({ hold }: Policy): string {
  return hold.orphans === 'refuse'
    ? 'A fan who names seats that leave an avoidable single seat is offered others.'
    : 'Fans may name any free seats, also where a single seat is left.';
}

function presaleEffect({ presale }: Policy, counts: Counts | null): string {
  if (presale === null) return 'Everybody may join from now on.';
  return counts !== null && Date.parse(presale.publicStartAt) <= Date.parse(counts.asOf)
    ? 'The public start is over: everybody may join.'
    : 'Until the public start only fans with a sale code join; places that exist stay.';
}

function fans(count: number): string {
  return `${formatNumber(count)} ${fanWord(count)}`;
}

function fanWord(count: number): string {
  return count === 1 ? 'fan' : 'fans';
}
