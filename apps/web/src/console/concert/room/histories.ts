import { type Signal, signal } from '@preact/signals';
import { type History, type Sample, addSample } from './history.ts';

const ROOMS_MAX = 20;

/** What the page has seen of each room, also while another page of the console is open. */
const histories = new Map<string, Signal<History>>();

export function historyOf(concertId: string): Signal<History> {
  const known = histories.get(concertId) ?? signal<History>([]);
  histories.delete(concertId);
  histories.set(concertId, known);
  const oldest = histories.keys().next().value;
  if (histories.size > ROOMS_MAX && oldest !== undefined) histories.delete(oldest);
  return known;
}

export function remember(concertId: string, sample: Sample): void {
  const history = historyOf(concertId);
  history.value = addSample(history.peek(), sample);
}
