import type { Translated } from '../i18n/locale.ts';

const en = {
  connection: 'Connection',
  offline: 'You are offline',
  offlineMore: 'The page goes on by itself when your device has a connection again.',
  unreachable: 'The server cannot be reached',
  unavailable: 'The server cannot answer at the moment',
  busy: 'There are very many requests at the moment',
  awayMore: 'What you have done so far is kept. The page tries again by itself.',
  retryIn: (seconds: string) => `Next try in ${seconds} s.`,
  retryNow: 'Try now',
  recovered: 'You are connected again.',
  crashed: 'Something went wrong on this page',
  crashedMore: 'What you have booked is safe. Load the page again to go on.',
  notLoaded: 'This page could not be loaded',
  notLoadedMore:
    'Your connection was interrupted, or a new version of the page has been released. Load it again to go on.',
  reload: 'Load again',
};

const ko: typeof en = {
  connection: '연결 상태',
  offline: '인터넷에 연결되어 있지 않습니다',
  offlineMore: '연결되면 화면이 자동으로 이어집니다.',
  unreachable: '서버에 연결할 수 없습니다',
  unavailable: '지금은 서버가 응답하지 못하고 있습니다',
  busy: '지금 접속이 많습니다',
  awayMore: '지금까지의 내용은 그대로 유지됩니다. 자동으로 다시 시도하고 있습니다.',
  retryIn: (seconds) => `${seconds}초 후에 다시 시도합니다.`,
  retryNow: '지금 다시 시도',
  recovered: '다시 연결되었습니다.',
  crashed: '페이지에 문제가 생겼습니다',
  crashedMore: '예매하신 내용은 안전합니다. 페이지를 새로고침해 주십시오.',
  notLoaded: '페이지를 불러오지 못했습니다',
  notLoadedMore: '연결이 끊어졌거나 새 버전이 배포되었습니다. 새로고침하시면 이어서 이용하실 수 있습니다.',
  reload: '새로고침',
};

export const connectionMessages: Translated<typeof en> = { en, ko };
