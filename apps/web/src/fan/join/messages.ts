import type { IssueQueueTokenError } from '@frontrow/client';
import type { Translated } from '../../shared/i18n/locale.ts';
import { commonProblems } from '../problems/common-problems.ts';

type JoinCode = Extract<IssueQueueTokenError, { readonly code: string }>['code'];

const enProblems = {
  ...commonProblems.en,
  NOT_FOUND: 'There is no such concert any more.',
  ROOM_CLOSED: 'The sale of every date has ended. There is nothing left to wait for.',
  SALE_CODE_REQUIRED: 'This is a presale. Type your presale code to join.',
  SALE_CODE_INVALID: 'This code is not valid for this concert. Check it and type it again.',
  SALE_CODE_EXHAUSTED: 'Other fans have used this code up. Use another one, or join when everyone may.',
} satisfies Record<JoinCode, string>;

const koProblems: typeof enProblems = {
  ...commonProblems.ko,
  NOT_FOUND: '더 이상 존재하지 않는 공연입니다.',
  ROOM_CLOSED: '모든 회차의 판매가 종료되어 대기하실 수 없습니다.',
  SALE_CODE_REQUIRED: '선예매 기간입니다. 선예매 코드를 입력해 주십시오.',
  SALE_CODE_INVALID: '이 공연에서 사용할 수 없는 코드입니다. 코드를 확인한 후 다시 입력해 주십시오.',
  SALE_CODE_EXHAUSTED: '이미 모두 사용된 코드입니다. 다른 코드를 입력하시거나 일반 예매를 이용해 주십시오.',
};

const en = {
  problems: enProblems,
  join: 'Join the waiting room',
  joining: 'Joining …',
  joinHint: 'You keep your place when you reload or close this page. Joining costs nothing.',
  code: 'Presale code',
  codeHint: 'As printed in your invitation. Spaces and hyphens do not matter.',
  publicStart: (when: string) => `Everyone may join from ${when}.`,
  hasPlace: 'You have a place in the waiting room',
  goToPlace: 'Go to your place',
};

const ko: typeof en = {
  problems: koProblems,
  join: '대기열 입장하기',
  joining: '입장하는 중입니다 …',
  joinHint: '새로고침하거나 창을 닫아도 대기 순서는 그대로 유지됩니다. 별도의 비용은 없습니다.',
  code: '선예매 코드',
  codeHint: '안내받으신 코드를 입력해 주십시오. 띄어쓰기와 하이픈은 구분하지 않습니다.',
  publicStart: (when) => `일반 예매는 ${when}부터 참여하실 수 있습니다.`,
  hasPlace: '이미 대기열에 입장하셨습니다',
  goToPlace: '내 대기 순서 보기',
};

export const joinMessages: Translated<typeof en> = { en, ko };
