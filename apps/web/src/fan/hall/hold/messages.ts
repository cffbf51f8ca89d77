import type { Translated } from '../../../shared/i18n/locale.ts';

const en = {
  lost: (seats: string) => `Someone else has just taken ${seats}`,
  lostText: 'Your other seats stay chosen.',
  liveHold: 'You already hold seats of this concert',
  liveHoldText: 'Pay for them or give them back before you choose others.',
  toReservation: 'Go to your seats',
  unavailableText: 'Your other seats stay chosen. Choose another one, or hold what is left.',
  tooMany: (max: number) => `One booking has at most ${max} ${max === 1 ? 'seat' : 'seats'}`,
  tooManyText: 'Remove some of your seats.',
  fullText: 'Remove a seat before you choose another one.',
  limit: (max: number) => `Everyone may have ${max} ${max === 1 ? 'seat' : 'seats'} of this concert`,
  limitText: (bought: number, left: number) =>
    left > 0
      ? `You have bought ${bought}, so you may choose ${left} more.`
      : `You have bought ${bought}, so you cannot choose more.`,
  coolingDown: 'You have held seats several times without paying',
  coolingDownText: (time: string) => `You may hold seats again at ${time}.`,
  orphans: (seats: string) => `This would leave a single seat: ${seats}`,
  orphansText: 'A single seat is hard to sell. Please take it as well, or other seats beside each other.',
  takeOrphans: 'Take it as well',
  takeAlternative: (seats: string) => `Take ${seats} instead`,
  accessibleOnly: 'Some of these seats are for wheelchair users',
  accessibleOnlyText: (seats: string) =>
    `${seats}. Choose others, or say that one of you needs a wheelchair space.`,
  accessibleReleaseText: (time: string) => `Everyone may book them from ${time}.`,
  needAccessible: 'One of us needs it',
  dropThem: 'Remove these seats',
  companions: (max: number) =>
    max === 1
      ? 'One companion seat goes with each wheelchair space'
      : `At most ${max} companion seats go with each wheelchair space`,
  companionsText: 'Choose a companion seat together with the wheelchair space beside it.',
  noMatch: 'There are no such seats beside each other',
  noMatchAtAll: 'All seats of this date are taken for now',
  noMatchAtAllText:
    'Seats come back when someone does not pay in time. Stay here: the hall is always current.',
  noMatchText: (left: string) => `${left} seats are still free. You can try this instead:`,
  noMatchOther: (left: string) => `${left} other seats are still free.`,
  tryFewer: (count: number) => (count === 1 ? 'Take 1 seat' : `Take ${count} beside each other`),
  tryNear: 'Take two rows, one behind the other',
  tryAnywhere: 'Search the whole hall',
  notBookable: 'This date is not on sale now',
  notBookableText: (from: string, to: string) => `It is on sale from ${from} to ${to}.`,
  stopped: 'The organiser has stopped the sale for now',
  stoppedText: 'Your seats stay chosen here. Try again once the sale goes on.',
  cancelled: 'The organiser has cancelled this date',
  noSession: 'Your turn is over',
  noSessionText: 'Join the waiting room again to come back here.',
  toRoom: 'Go to the waiting room',
  failed: 'The seats could not be held',
  dismiss: 'Close this message',
};

const ko: typeof en = {
  lost: (seats) => `다른 고객님이 먼저 선택한 좌석입니다: ${seats}`,
  lostText: '나머지 선택 좌석은 그대로 유지됩니다.',
  liveHold: '이미 선점 중인 좌석이 있습니다',
  liveHoldText: '결제하시거나 해제하신 뒤에 다른 좌석을 선택하실 수 있습니다.',
  toReservation: '선점한 좌석 보기',
  unavailableText:
    '나머지 선택 좌석은 그대로 유지됩니다. 다른 좌석을 선택하시거나 남은 좌석으로 진행해 주십시오.',
  tooMany: (max) => `1회 최대 ${max}석까지 예매하실 수 있습니다`,
  tooManyText: '선택한 좌석을 줄여 주십시오.',
  fullText: '다른 좌석을 선택하시려면 먼저 선택한 좌석을 해제해 주십시오.',
  limit: (max) => `이 공연은 1인당 ${max}석까지 예매하실 수 있습니다`,
  limitText: (bought, left) =>
    left > 0
      ? `이미 ${bought}석을 예매하셨으므로 ${left}석을 더 선택하실 수 있습니다.`
      : `이미 ${bought}석을 예매하셨으므로 더 선택하실 수 없습니다.`,
  coolingDown: '결제하지 않은 선점이 여러 번 있었습니다',
  coolingDownText: (time) => `${time}부터 다시 좌석을 선택하실 수 있습니다.`,
  orphans: (seats) => `한 자리만 남게 되는 선택입니다: ${seats}`,
  orphansText:
    '한 자리만 남으면 다른 고객님이 예매하기 어렵습니다. 함께 선택하시거나 다른 연석을 선택해 주십시오.',
  takeOrphans: '함께 선택',
  takeAlternative: (seats) => `${seats} 좌석으로 변경`,
  accessibleOnly: '휠체어석이 포함되어 있습니다',
  accessibleOnlyText: (seats) =>
    `${seats}. 다른 좌석을 선택하시거나, 휠체어석이 필요하신 경우 알려 주십시오.`,
  accessibleReleaseText: (time) => `${time}부터는 누구나 예매하실 수 있습니다.`,
  needAccessible: '휠체어석이 필요합니다',
  dropThem: '해당 좌석 선택 해제',
  companions: (max) => `동반석은 휠체어석 1석당 ${max}석까지 선택하실 수 있습니다`,
  companionsText: '동반석은 옆자리 휠체어석과 함께 선택해 주십시오.',
  noMatch: '조건에 맞는 연석이 없습니다',
  noMatchAtAll: '현재 남은 좌석이 없습니다',
  noMatchAtAllText: '결제되지 않은 좌석은 다시 판매됩니다. 이 화면의 좌석 현황은 실시간으로 갱신됩니다.',
  noMatchText: (left) => `아직 ${left}석이 남아 있습니다. 다음 방법을 이용해 보십시오.`,
  noMatchOther: (left) => `다른 좌석이 ${left}석 남아 있습니다.`,
  tryFewer: (count) => (count === 1 ? '1석 배정' : `연석 ${count}석 배정`),
  tryNear: '앞뒤 두 열로 배정',
  tryAnywhere: '전체 구역에서 찾기',
  notBookable: '현재 예매할 수 없는 회차입니다',
  notBookableText: (from, to) => `예매 기간은 ${from}부터 ${to}까지입니다.`,
  stopped: '주최 측에서 판매를 일시 중지했습니다',
  stoppedText: '선택하신 좌석은 화면에 그대로 유지됩니다. 판매가 재개되면 다시 시도해 주십시오.',
  cancelled: '주최 측에서 이 회차를 취소했습니다',
  noSession: '좌석 선택 시간이 종료되었습니다',
  noSessionText: '다시 예매하시려면 대기열에 입장해 주십시오.',
  toRoom: '대기열로 이동',
  failed: '좌석을 선점하지 못했습니다',
  dismiss: '알림 닫기',
};

export const holdMessages: Translated<typeof en> = { en, ko };
export type HoldMessages = typeof en;
