import type { Translated } from '../../shared/i18n/locale.ts';

const en = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  asWhom: 'This server is for trying out: choose any name, and no password.',
  name: 'Your name',
  nameHint: 'Letters, digits and hyphens. The same name on another device is the same fan.',
  close: 'Close',
};

const ko: typeof en = {
  signIn: '로그인',
  signOut: '로그아웃',
  asWhom: '체험용 서버입니다. 비밀번호 없이 원하는 이름을 정하시면 됩니다.',
  name: '이름',
  nameHint: '영문자, 숫자, 하이픈을 쓸 수 있습니다. 다른 기기에서 같은 이름을 쓰면 같은 사용자입니다.',
  close: '닫기',
};

export const signInMessages: Translated<typeof en> = { en, ko };
