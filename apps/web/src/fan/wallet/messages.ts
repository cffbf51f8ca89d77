import type { Translated } from '../../shared/i18n/locale.ts';

const en = {
  title: 'Wallet',
  loading: 'Loading your wallet …',
  balance: 'Balance',
  charge: 'Charge',
  charging: 'Charging …',
  chargeBy: (amount: string) => `Charge ${amount}`,
  amount: 'Amount in won',
  charged: (amount: string) => `${amount} are in your wallet now.`,
  chargeElsewhere: 'The organiser’s payment service charges this wallet.',
  repeating: 'The server has not answered yet. The page tries again; you are charged once at most.',
  entries: 'Entries',
  noEntries: 'Nothing has happened in this wallet yet.',
  types: {
    CHARGE: 'Charge',
    PAYMENT: 'Payment',
    REFUND: 'Refund',
    ADJUSTMENT: 'Adjustment by the organiser',
  },
  balanceAfter: 'Balance after',
};

const ko: typeof en = {
  title: '지갑',
  loading: '지갑을 불러오는 중입니다 …',
  balance: '잔액',
  charge: '충전',
  charging: '충전 중입니다 …',
  chargeBy: (amount) => `${amount} 충전하기`,
  amount: '금액(원)',
  charged: (amount) => `${amount} 충전이 완료되었습니다.`,
  chargeElsewhere: '이 지갑은 주최 측의 결제 서비스를 통해 충전됩니다.',
  repeating: '서버 응답이 늦어 다시 시도하고 있습니다. 중복 충전되지 않습니다.',
  entries: '이용 내역',
  noEntries: '아직 이용 내역이 없습니다.',
  types: { CHARGE: '충전', PAYMENT: '결제', REFUND: '환불', ADJUSTMENT: '주최 측 조정' },
  balanceAfter: '거래 후 잔액',
};

export const walletMessages: Translated<typeof en> = { en, ko };
