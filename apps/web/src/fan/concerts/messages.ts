import type { Translated } from '../../shared/i18n/locale.ts';

const en = {
  title: 'Concerts',
  lead: 'Find a concert, wait your turn in line, and choose your seats.',
  search: 'Search by concert or artist',
  none: 'There are no concerts at the moment',
  noneMore: 'Come back later: new concerts appear here first.',
  notFound: (words: string) => `No concert matches “${words}”`,
  notFoundMore: 'Check the spelling, or search for a part of the name.',
  showAll: 'Show all concerts',
  found: (count: number, text: string) => (count === 1 ? `${text} concert` : `${text} concerts`),
  noDates: 'No dates yet',
  moreDates: (count: number, text: string) =>
    count === 1 ? `and ${text} more date` : `and ${text} more dates`,
};

const ko: typeof en = {
  title: '공연',
  lead: '공연을 고르고 순서를 기다리시면 원하는 좌석을 예매하실 수 있습니다.',
  search: '공연명 또는 아티스트 검색',
  none: '현재 예매할 수 있는 공연이 없습니다',
  noneMore: '새로운 공연이 등록되면 이곳에 표시됩니다.',
  notFound: (words) => `‘${words}’에 대한 검색 결과가 없습니다`,
  notFoundMore: '검색어를 확인하거나 이름의 일부만 입력해 보십시오.',
  showAll: '전체 공연 보기',
  found: (_count, text) => `공연 ${text}건`,
  noDates: '등록된 공연 일정이 없습니다',
  moreDates: (_count, text) => `외 ${text}회`,
};

export const concertsMessages: Translated<typeof en> = { en, ko };
