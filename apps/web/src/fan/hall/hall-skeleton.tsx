import { textsOf } from '../../shared/i18n/locale.ts';
import { hallMessages } from './messages.ts';

/** The shape of the page while the hall is read. */
export function HallSkeleton() {
  return (
    <div class="hall">
      <p class="visually-hidden">{textsOf(hallMessages).loading}</p>
      <div class="placeholder hall-skeleton-head" aria-hidden="true" />
      <div class="hall-columns" aria-hidden="true">
        <div class="placeholder hall-skeleton-map" />
        <div class="placeholder hall-skeleton-aside" />
      </div>
    </div>
  );
}
