import type { Translated } from '../../shared/i18n/locale.ts';

const en = {
  states: {
    ON_SALE: 'On sale',
    NOT_YET: 'Opens soon',
    NO_SEATS: 'No seats free now',
    STOPPED: 'Sales stopped',
    ENDED: 'Sale ended',
    CANCELLED: 'Cancelled',
  },
  opensAt: (when: string) => `Sale opens on ${when}`,
  onSaleUntil: (when: string) => `On sale until ${when}`,
  stopped: 'The organiser has stopped the sale for now.',
  cancelled: 'This date is cancelled. Paid tickets are refunded.',
  ended: 'The sale of this date has ended.',
  noSeats: 'Every seat is held or sold at the moment. Seats can become free again.',
  seatsFree: (count: number, text: string) => (count === 1 ? `${text} seat free` : `${text} seats free`),
  seatsOf: (count: string) => `${count} seats in all`,
  venueTime: 'venue time',
  yourTime: (when: string) => `In your time zone: ${when}`,
  priceFrom: (price: string) => `from ${price}`,
  priceRange: (low: string, high: string) => `${low} – ${high}`,
  refundUntil: (when: string) => `Refund possible until ${when}`,
};

const ko: typeof en = {
  states: {
    ON_SALE: '예매 중',
    NOT_YET: '오픈 예정',
    NO_SEATS: '잔여석 없음',
    STOPPED: '판매 중지',
    ENDED: '판매 종료',
    CANCELLED: '공연 취소',
  },
  opensAt: (when) => `${when} 예매 오픈`,
  onSaleUntil: (when) => `${when}까지 예매`,
  stopped: '주최 측에서 판매를 일시 중지했습니다.',
  cancelled: '취소된 회차입니다. 결제하신 금액은 환불됩니다.',
  ended: '이 회차의 판매가 종료되었습니다.',
  noSeats: '현재 선택할 수 있는 좌석이 없습니다. 취소된 좌석이 다시 나올 수 있습니다.',
  seatsFree: (_count, text) => `잔여 ${text}석`,
  seatsOf: (count) => `총 ${count}석`,
  venueTime: '공연장 시간',
  yourTime: (when) => `내 시간대 기준: ${when}`,
  priceFrom: (price) => `${price}부터`,
  priceRange: (low, high) => `${low} ~ ${high}`,
  refundUntil: (when) => `${when}까지 환불 가능`,
};

export const saleMessages: Translated<typeof en> = { en, ko };
