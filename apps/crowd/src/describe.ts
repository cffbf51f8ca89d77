import type { Counts, Reason, CrowdResult } from './tally.ts';

const REASONS: Readonly<Record<Reason, string>> = {
  LEFT_THE_LINE: 'left the line',
  CLOSED_THE_TAB: 'closed their tab while waiting',
  FOUND_NO_SEATS: 'found no seats',
  CANCELLED: 'cancelled',
  LET_LAPSE: 'let their hold lapse',
  NOTHING_ON_SALE: 'found nothing on sale',
  REFUSED: 'were refused',
  STOPPED: 'were still there at the end',
};

/** One line for a moment of the crowd. */
export function describeCounts(seconds: number, counts: Counts): string {
  const { coming, waiting, choosing, holding, paid, gaveUp } = counts;
  const parts = [
    `coming ${coming}`,
    `waiting ${waiting}`,
    `choosing ${choosing}`,
    `holding ${holding}`,
    `paid ${paid}`,
    `gave up ${gaveUp}`,
  ];
  return `${String(seconds).padStart(4)} s   ${parts.join(' · ')}`;
}

/** The summary of a crowd, in a few lines. */
export function describeResult(fans: number, seconds: number, result: CrowdResult): string {
  const { counts, seats, amount, refunds, gaveUp } = result;
  const won = amount.toLocaleString('en');
  const why = (Object.keys(REASONS) as Reason[]).flatMap((reason) => {
    const count = gaveUp[reason] ?? 0;
    return count === 0 ? [] : [`${count} ${REASONS[reason]}`];
  });
  return [
    `After ${seconds} s, ${counts.paid} of ${fans} bots have paid ${won} won for ${seats} seats; ${refunds} asked for a refund.`,
    `${counts.gaveUp} gave up${why.length === 0 ? '' : `: ${why.join(', ')}`}.`,
  ].join('\n');
}
