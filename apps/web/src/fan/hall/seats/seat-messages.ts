import type { Translated } from '../../../shared/i18n/locale.ts';
import type { SeatTexts } from './seat-texts.ts';

const en: SeatTexts = {
  seat: (label) => `Seat ${label}`,
  rowAndSeat: (row, label) => `Row ${row}, seat ${label}`,
  looks: {
    free: 'free',
    chosen: 'chosen',
    mine: 'held for you',
    held: 'being booked by someone',
    sold: 'taken',
    blocked: 'not on sale',
  },
  kinds: { accessible: 'wheelchair space', companion: 'companion seat' },
  obstructedView: (note) => `obstructed view: ${note}`,
};

const ko: SeatTexts = {
  seat: (label) => `${label}번`,
  rowAndSeat: (row, label) => `${row}열 ${label}번`,
  looks: {
    free: '선택 가능',
    chosen: '선택한 좌석',
    mine: '고객님이 선점한 좌석',
    held: '다른 고객이 예매 중',
    sold: '판매 완료',
    blocked: '판매하지 않는 좌석',
  },
  kinds: { accessible: '휠체어석', companion: '동반석' },
  obstructedView: (note) => `시야 제한: ${note}`,
};

export const seatMessages: Translated<SeatTexts> = { en, ko };
