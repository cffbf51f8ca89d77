import type {
  Answer,
  CancelReservationError,
  ChargeWalletError,
  ExtendHoldError,
  KeepSeatsError,
  PayReservationError,
  RefundReservationError,
} from '@frontrow/client';
import type { Translated } from '../../shared/i18n/locale.ts';
import { commonProblems } from '../problems/common-problems.ts';

/** What the acts on a reservation and on the wallet may be refused for. */
export type BookingProblem =
  | CancelReservationError
  | ChargeWalletError
  | ExtendHoldError
  | KeepSeatsError
  | PayReservationError
  | RefundReservationError;

export type BookingAnswer = Answer<unknown, BookingProblem>;

type Texts = Record<BookingProblem['code'] | 'UNREACHABLE', string>;

const en = {
  ...commonProblems.en,
  RESERVATION_NOT_HELD: 'These seats are not held any more.',
  HOLD_EXPIRED: 'The time for these seats is over, and they are free again. You paid nothing.',
  SALES_STOPPED:
    'The organiser has stopped the sale for the moment. Your seats stay yours until the time is over.',
  EVENT_CANCELLED: 'The organiser has cancelled this date. You paid nothing.',
  EVENT_NOT_BOOKABLE: 'The sale of this date has ended, so the time cannot be extended. You can still pay.',
  INSUFFICIENT_BALANCE: 'Your wallet has too little money. Charge it, and pay again.',
  EXTENSION_LIMIT_EXCEEDED: 'The time cannot be extended once more.',
  RESERVATION_NOT_CONFIRMED: 'This reservation is not paid, so nothing can be refunded.',
  REFUND_CLOSED: 'Refunds of this date have ended.',
  SEAT_ALREADY_REFUNDED: 'One of these seats was refunded already.',
  SEAT_CHECKED_IN: 'One of these tickets was used at the entry, so it cannot be refunded.',
  WALLET_LIMIT_EXCEEDED: 'A wallet cannot have that much money. Choose a smaller amount.',
} satisfies Texts;

const ko = {
  ...commonProblems.ko,
  RESERVATION_NOT_HELD: '선점이 끝난 좌석입니다.',
  HOLD_EXPIRED: '결제 시간이 지나 좌석 선점이 해제되었습니다. 결제된 금액은 없습니다.',
  SALES_STOPPED: '주최 측에서 판매를 일시 중지했습니다. 남은 시간 동안 좌석은 그대로 유지됩니다.',
  EVENT_CANCELLED: '주최 측에서 이 회차를 취소했습니다. 결제된 금액은 없습니다.',
  EVENT_NOT_BOOKABLE: '이 회차의 판매가 종료되어 시간을 연장할 수 없습니다. 결제는 계속 하실 수 있습니다.',
  INSUFFICIENT_BALANCE: '지갑 잔액이 부족합니다. 충전한 뒤 다시 결제해 주십시오.',
  EXTENSION_LIMIT_EXCEEDED: '더 이상 시간을 연장할 수 없습니다.',
  RESERVATION_NOT_CONFIRMED: '결제된 예매가 아니므로 환불할 수 없습니다.',
  REFUND_CLOSED: '이 회차의 환불 기간이 끝났습니다.',
  SEAT_ALREADY_REFUNDED: '이미 환불된 좌석이 포함되어 있습니다.',
  SEAT_CHECKED_IN: '이미 입장에 사용한 티켓은 환불할 수 없습니다.',
  WALLET_LIMIT_EXCEEDED: '지갑 한도를 초과하는 금액입니다. 더 적은 금액을 선택해 주십시오.',
} satisfies Texts;

export const bookingProblems: Translated<Texts> = { en, ko };
