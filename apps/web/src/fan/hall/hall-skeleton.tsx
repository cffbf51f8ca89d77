import { type Translated, textsOf } from '../../shared/i18n/locale.ts';

const en = {
  loading: 'Opening the hall …',
};
const ko: typeof en = {
  loading: '좌석 배치도를 불러오는 중입니다 …',
};
/** Apart from the other texts of the hall, which are loaded with it. */
const skeletonMessages: Translated<typeof en> = { en, ko };

/** The shape of the page while the hall is read. */
export function HallSkeleton() {
  return (
    <div class="hall">
      <p class="visually-hidden">{textsOf(skeletonMessages).loading}</p>
      <div class="placeholder hall-skeleton-head" aria-hidden="true" />
      <div class="hall-columns" aria-hidden="true">
        <div class="placeholder hall-skeleton-map" />
        <div class="placeholder hall-skeleton-aside" />
      </div>
    </div>
  );
}
