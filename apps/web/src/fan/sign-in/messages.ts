import type { Translated } from '../../shared/i18n/locale.ts';

const en = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  signedInAs: 'Signed in as',
  why: 'Sign in to get a place and to book seats.',
  asGuest: 'Continue as guest',
  guestHint: 'You get a name of your own, with no password.',
  or: 'Or choose a name',
  name: 'Your name',
  nameHint: 'Letters, digits and hyphens. The same name on another device is the same fan.',
  close: 'Close',
  failed: 'You could not be signed in. Please try again.',
  expired: 'Your sign-in has ended',
  expiredMore: 'Your place and your seats are kept. Sign in again to go on.',
};

const ko: typeof en = {
  signIn: '로그인',
  signOut: '로그아웃',
  signedInAs: '로그인한 사용자',
  why: '대기열에 입장하고 좌석을 예매하시려면 로그인해 주십시오.',
  asGuest: '게스트로 시작하기',
  guestHint: '비밀번호 없이 사용할 이름을 자동으로 만들어 드립니다.',
  or: '또는 이름을 직접 정하기',
  name: '이름',
  nameHint:
    '영문자, 숫자, 하이픈(-)을 사용할 수 있습니다. 다른 기기에서 같은 이름을 쓰면 같은 사용자로 이용하실 수 있습니다.',
  close: '닫기',
  failed: '로그인하지 못했습니다. 다시 시도해 주십시오.',
  expired: '로그인이 만료되었습니다',
  expiredMore: '대기 순서와 선택하신 좌석은 그대로 유지됩니다. 다시 로그인해 주십시오.',
};

export const signInMessages: Translated<typeof en> = { en, ko };
