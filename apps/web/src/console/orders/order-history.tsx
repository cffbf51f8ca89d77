import type { OrderWithHistory } from '@frontrow/client';
import { formatMoney } from '../../shared/i18n/formats.ts';
import { Instant } from '../components/instant.tsx';
import { HISTORY_TEXTS } from './order-words.ts';

/** What happened to an order, oldest first. */
export function OrderHistory({ history }: Pick<OrderWithHistory, 'history'>) {
  return (
    <section class="stack">
      <h2>History</h2>
      <ol class="history">
        {history.map(({ kind, at, actor, amount, reason }, index) => (
          <li key={index}>
            <span>
              <strong>{HISTORY_TEXTS[kind]}</strong>
              {amount !== null && ` ${formatMoney(amount)}`}
            </span>
            <span class="muted small">
              <Instant at={at} /> {actor === null ? 'by the clock' : `by ${actor}`}
            </span>
            {reason !== null && <span>{reason}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
