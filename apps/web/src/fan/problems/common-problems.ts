import type { Translated } from '../../shared/i18n/locale.ts';

const en = {
  VALIDATION_FAILED: 'The server did not understand this page. Reload it and try again.',
  IDEMPOTENCY_KEY_REQUIRED: 'The server did not understand this page. Reload it and try again.',
  IDEMPOTENCY_KEY_REUSED: 'The server did not understand this page. Reload it and try again.',
  IDEMPOTENCY_IN_PROGRESS: 'Your request is still in progress. Try again in a moment.',
  PAYLOAD_TOO_LARGE: 'The server did not understand this page. Reload it and try again.',
  UNSUPPORTED_MEDIA_TYPE: 'The server did not understand this page. Reload it and try again.',
  UNAUTHENTICATED: 'You are signed out. Sign in again; nothing of yours is lost.',
  FORBIDDEN: 'You may not do this.',
  NOT_FOUND: 'This does not exist, or it belongs to another user.',
  RATE_LIMITED: 'That was too fast. Wait a moment and try again.',
  INTERNAL: 'Something went wrong on the server. Try again; you pay nothing twice.',
  UNAVAILABLE: 'The server cannot answer just now. Try again in a moment; nothing of yours is lost.',
  UNREACHABLE: 'The server cannot be reached. Check your connection and try again; you pay nothing twice.',
};

const ko: typeof en = {
  VALIDATION_FAILED: '요청을 처리하지 못했습니다. 페이지를 새로고침한 뒤 다시 시도해 주십시오.',
  IDEMPOTENCY_KEY_REQUIRED: '요청을 처리하지 못했습니다. 페이지를 새로고침한 뒤 다시 시도해 주십시오.',
  IDEMPOTENCY_KEY_REUSED: '요청을 처리하지 못했습니다. 페이지를 새로고침한 뒤 다시 시도해 주십시오.',
  IDEMPOTENCY_IN_PROGRESS: '이전 요청을 아직 처리하고 있습니다. 잠시 후 다시 시도해 주십시오.',
  PAYLOAD_TOO_LARGE: '요청을 처리하지 못했습니다. 페이지를 새로고침한 뒤 다시 시도해 주십시오.',
  UNSUPPORTED_MEDIA_TYPE: '요청을 처리하지 못했습니다. 페이지를 새로고침한 뒤 다시 시도해 주십시오.',
  UNAUTHENTICATED: '로그아웃되었습니다. 다시 로그인해 주십시오. 예매 정보는 그대로 유지됩니다.',
  FORBIDDEN: '이 작업을 할 권한이 없습니다.',
  NOT_FOUND: '존재하지 않거나 다른 사용자의 정보입니다.',
  RATE_LIMITED: '요청이 너무 잦습니다. 잠시 후 다시 시도해 주십시오.',
  INTERNAL: '서버에 오류가 발생했습니다. 다시 시도해 주십시오. 중복 결제되지 않습니다.',
  UNAVAILABLE:
    '서버가 일시적으로 응답하지 않습니다. 잠시 후 다시 시도해 주십시오. 예매 정보는 그대로 유지됩니다.',
  UNREACHABLE:
    '서버에 연결할 수 없습니다. 인터넷 연결을 확인하고 다시 시도해 주십시오. 중복 결제되지 않습니다.',
};

export type CommonCode = keyof typeof en;

/** Texts for the problems that any operation may answer with. */
export const commonProblems: Translated<Record<CommonCode, string>> = { en, ko };
