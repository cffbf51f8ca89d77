import type { Translated } from '../../shared/i18n/locale.ts';

const en = {
  skip: 'Skip to content',
  concerts: 'Concerts',
  tickets: 'My tickets',
  wallet: 'Wallet',
  signIn: 'Sign in',
  signOut: 'Sign out',
  language: 'Language',
  theme: 'Theme',
  themes: { system: 'Automatic', light: 'Light', dark: 'Dark' },
  notFound: 'There is no such page',
  toConcerts: 'See all concerts',
  mainMenu: 'Main menu',
};

const ko: typeof en = {
  skip: '본문으로 건너뛰기',
  concerts: '공연',
  tickets: '내 티켓',
  wallet: '지갑',
  signIn: '로그인',
  signOut: '로그아웃',
  language: '언어',
  theme: '화면 테마',
  themes: { system: '자동', light: '밝게', dark: '어둡게' },
  notFound: '찾으시는 페이지가 없습니다',
  toConcerts: '전체 공연 보기',
  mainMenu: '주 메뉴',
};

export const shellMessages: Translated<typeof en> = { en, ko };
