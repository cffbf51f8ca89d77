import type { Translated } from '../../../shared/i18n/locale.ts';

const en = {
  title: 'Best available seats',
  intro: 'We hold the best free seats beside each other for you at once.',
  standingIntro: 'There are no numbered seats here: choose how many places you need.',
  count: 'How many',
  fewer: 'One seat fewer',
  more: 'One seat more',
  options: 'Category, section, wheelchair',
  category: 'Category',
  section: 'Section',
  any: 'Any',
  accessible: 'One of us needs a wheelchair space',
  submit: (count: number) => (count === 1 ? 'Best seat' : `Best ${count} seats`),
  submitStanding: (count: number) => (count === 1 ? 'Hold 1 place' : `Hold ${count} places`),
  holding: 'Holding …',
};

const ko: typeof en = {
  title: '자동 배정',
  intro: '남은 좌석 중 가장 좋은 연석을 바로 배정해 드립니다.',
  standingIntro: '지정 좌석이 없는 구역입니다. 인원을 선택해 주십시오.',
  count: '매수',
  fewer: '한 석 줄이기',
  more: '한 석 늘리기',
  options: '등급·구역·휠체어석 선택',
  category: '등급',
  section: '구역',
  any: '전체',
  accessible: '휠체어석이 필요합니다',
  submit: (count) => `${count}석 자동 배정`,
  submitStanding: (count) => `${count}매 선택 완료`,
  holding: '처리 중입니다 …',
};

export const bestMessages: Translated<typeof en> = { en, ko };
