import type { Translated } from '../../shared/i18n/locale.ts';

const en = {
  loading: 'The concert is being loaded.',
  notFound: 'There is no such concert',
  notFoundMore: 'It may have been taken off the programme.',
  toConcerts: 'See all concerts',
  dates: 'Dates',
  noDates: 'No dates are known yet.',
  moreDates: 'Show more dates',
  tickets: 'Tickets',
  over: 'The sale has ended',
  overMore: 'No date of this concert is on sale any more.',
  opensIn: 'The sale opens in',
  joinBefore: 'You can join the waiting room now. Admission begins when the sale opens.',
  onSale: 'Join the waiting room. When it is your turn, you choose your seats in peace.',
  waitForSeats: 'No seat is free now. In the waiting room you are told when one returns.',
  stopped: 'Sales are stopped for now',
  stoppedMore: 'You can join the waiting room and keep a place until sales go on.',
  reason: 'The organiser says:',
  categories: 'Prices and free seats',
};

const ko: typeof en = {
  loading: '공연 정보를 불러오고 있습니다.',
  notFound: '공연을 찾을 수 없습니다',
  notFoundMore: '판매가 종료되었거나 비공개로 전환된 공연입니다.',
  toConcerts: '전체 공연 보기',
  dates: '공연 일정',
  noDates: '아직 등록된 공연 일정이 없습니다.',
  moreDates: '일정 더 보기',
  tickets: '예매',
  over: '판매가 종료되었습니다',
  overMore: '현재 예매하실 수 있는 회차가 없습니다.',
  opensIn: '예매 오픈까지',
  joinBefore: '지금 대기열에 미리 입장하실 수 있습니다. 예매가 시작되면 순서대로 안내해 드립니다.',
  onSale: '대기열에 입장하시면 순서에 따라 좌석을 선택하실 수 있습니다.',
  waitForSeats: '현재 남은 좌석이 없습니다. 대기열에 입장하시면 취소된 좌석이 나올 때 안내해 드립니다.',
  stopped: '판매가 일시 중지되었습니다',
  stoppedMore: '대기열에 입장하시면 판매가 재개될 때까지 순서가 유지됩니다.',
  reason: '주최 측 안내:',
  categories: '등급별 가격 및 잔여석',
};

export const concertMessages: Translated<typeof en> = { en, ko };
