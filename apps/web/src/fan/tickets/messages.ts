import type { Translated } from '../../shared/i18n/locale.ts';

const en = {
  title: 'My tickets',
  loading: 'Loading your tickets …',
  none: 'You have no tickets yet.',
  toConcerts: 'See the concerts',
  seats: (count: number) => (count === 1 ? '1 seat' : `${count} seats`),
  states: {
    HELD: 'Not paid yet',
    CONFIRMED: 'Paid',
    EXPIRED: 'Time over',
    CANCELLED: 'Given back',
    REFUNDED: 'Refunded',
  },
  given: 'Given to you',
  payNow: 'Pay now',
  open: 'Open',
  openOf: (title: string, seats: string) => `Open ${title}, ${seats}`,
};

const ko: typeof en = {
  title: '내 티켓',
  loading: '티켓을 불러오는 중입니다 …',
  none: '아직 예매하신 티켓이 없습니다.',
  toConcerts: '공연 보기',
  seats: (count) => `${count}석`,
  states: {
    HELD: '결제 대기',
    CONFIRMED: '결제 완료',
    EXPIRED: '시간 만료',
    CANCELLED: '취소 완료',
    REFUNDED: '환불 완료',
  },
  given: '초대석',
  payNow: '결제하기',
  open: '열기',
  openOf: (title, seats) => `${title} ${seats} 열기`,
};

export const ticketsMessages: Translated<typeof en> = { en, ko };
