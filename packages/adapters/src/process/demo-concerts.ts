import type { HoldPolicy } from '@frontrow/domain/booking/hold-policy.ts';
import type { Concert } from '@frontrow/domain/catalog/concert.ts';
import type { Seating } from '@frontrow/application/use-cases/catalog/create-event.ts';
import type { AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import { createDemoHall } from './demo-hall.ts';

/** What becomes of a date after its creation. */
export type DemoFate =
  | { readonly kind: 'STOPPED' | 'CANCELLED'; readonly reason: string }
  /** Every seat is given to guests, in pairs. */
  | { readonly kind: 'SOLD_OUT' };

export type DemoDate = {
  readonly venue: string;
  readonly seating: Seating;
  /** Counted from the day of seeding. */
  readonly startsInDays: number;
  /** The hour of the start in Seoul. */
  readonly startsAtHour: number;
  /** Counted from the moment of seeding. */
  readonly opensInMs: number;
  readonly closesInMs: number;
  readonly fate: DemoFate | null;
};

export type DemoConcert = Pick<Concert, 'title' | 'artist' | 'description'> & {
  readonly admission: Partial<AdmissionPolicy>;
  readonly hold: Partial<HoldPolicy>;
  /** Fans join with a sale code until then, counted from the moment of seeding; null for everybody from the beginning. */
  readonly presaleForMs: number | null;
  /** In the order of their creation. The last one has no fate, so a concert with all its dates is complete. */
  readonly dates: readonly DemoDate[];
};

const MINUTE_MS = 60 * 1000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

const DEFAULTS = { admission: {}, hold: {}, presaleForMs: null };

/** Admits a few fans every few seconds, so that a waiting line forms before a small crowd. */
const BUSY_ROOM = {
  admission: {
    batchSize: 6,
    intervalMs: 5_000,
    sessionTtlMs: 5 * MINUTE_MS,
    claimTtlMs: 30_000,
    parkRetentionMs: 2 * MINUTE_MS,
  },
  hold: { ttlMs: 3 * MINUTE_MS },
};

/** One concert for each state that fans and operators can meet. */
export const DEMO_CONCERTS: readonly DemoConcert[] = [
  {
    ...BUSY_ROOM,
    title: 'The Long Way Home',
    artist: 'The Paper Lanterns',
    description: 'Three evenings in the round hall by the river. A waiting room keeps the order.',
    presaleForMs: null,
    dates: evenings([30, 31, 32], 20, { venue: 'Haneul Hall, Seoul', seating: { layout: createDemoHall() } }),
  },
  {
    ...DEFAULTS,
    title: '첫차를 기다리며',
    artist: '새벽정류장',
    description: '네 도시를 찾아가는 투어. 서울 공연은 매진되었습니다.',
    dates: [
      ...evenings(
        [40],
        19,
        { venue: '서울 마루소극장', seating: { seatCount: 40, price: 66_000 } },
        { kind: 'SOLD_OUT' },
      ),
      ...evenings(
        [45],
        18,
        { venue: '부산 바다문화회관', seating: { seatCount: 300, price: 77_000 } },
        {
          kind: 'STOPPED',
          reason: '좌석 배치를 확인하고 있습니다. 판매는 곧 다시 시작됩니다.',
        },
      ),
      ...evenings(
        [47],
        18,
        { venue: '강릉 솔숲야외무대', seating: { seatCount: 200, price: 77_000 } },
        {
          kind: 'CANCELLED',
          reason: '아티스트의 건강 문제로 강릉 공연이 취소되었습니다. 결제 금액은 모두 환불됩니다.',
        },
      ),
      ...evenings([52], 19, { venue: '대구 달빛아트홀', seating: { seatCount: 240, price: 77_000 } }),
    ],
  },
  {
    ...DEFAULTS,
    title: '겨울, 현악 사중주',
    artist: '한여울 콰르텟',
    description: '슈베르트와 드보르자크로 여는 겨울 저녁. 예매가 곧 시작됩니다.',
    dates: evenings([60, 61], 19, {
      venue: '서울 하늘홀',
      seating: { layout: createDemoHall() },
      opensInMs: 10 * MINUTE_MS,
    }),
  },
  {
    ...DEFAULTS,
    title: 'Midnight Signal Tour',
    artist: 'NOVA DISTRICT',
    description: 'Fan club presale. The public sale starts in three days.',
    presaleForMs: 3 * DAY_MS,
    dates: evenings([75, 76], 19, {
      venue: 'Harbour Dome, Busan',
      seating: { seatCount: 1_000, price: 132_000 },
    }),
  },
  {
    ...DEFAULTS,
    title: '작은 방의 노래',
    artist: '이서아',
    description: '마흔여덟 석 작은 무대에서 부르는 노래. 취소된 좌석은 다시 판매됩니다.',
    dates: [
      ...evenings(
        [20],
        20,
        { venue: '서울 골목라이브홀', seating: { seatCount: 48, price: 55_000 } },
        { kind: 'SOLD_OUT' },
      ),
      ...evenings([48], 20, {
        venue: '서울 골목라이브홀',
        seating: { seatCount: 48, price: 55_000 },
        opensInMs: 14 * DAY_MS,
      }),
    ],
  },
  {
    ...DEFAULTS,
    title: 'Stadium Echoes',
    artist: 'Han River Choir',
    description: 'Two evenings of choral music under the open roof.',
    admission: {
      state: 'PAUSED',
      reason: 'We are adding a third evening. Your place in line is kept, and admission resumes soon.',
    },
    dates: evenings([50, 51], 19, {
      venue: 'Riverside Arena, Seoul',
      seating: { seatCount: 2_000, price: 99_000 },
    }),
  },
  {
    ...DEFAULTS,
    title: 'First Snow',
    artist: 'Quiet Machines',
    description: 'On sale in a week. Fans may join the waiting room before.',
    dates: evenings([90, 91], 20, {
      venue: 'Glass Pavilion, Daegu',
      seating: { seatCount: 300, price: 77_000 },
      opensInMs: 7 * DAY_MS,
    }),
  },
  {
    ...DEFAULTS,
    title: 'Last Train Home',
    artist: 'Platform Nine',
    description: 'The sale has ended.',
    dates: evenings([2, 3], 20, {
      venue: 'Old Station, Incheon',
      seating: { seatCount: 120, price: 55_000 },
      opensInMs: -30 * DAY_MS,
    }).map((date) => ({ ...date, closesInMs: -DAY_MS })),
  },
];

/** Dates that differ by their day only, on sale since yesterday until the day before each. */
function evenings(
  startDays: readonly number[],
  startsAtHour: number,
  facts: Pick<DemoDate, 'venue' | 'seating'> & { readonly opensInMs?: number },
  fate: DemoFate | null = null,
): readonly DemoDate[] {
  return startDays.map((startsInDays) => ({
    opensInMs: -DAY_MS,
    ...facts,
    startsInDays,
    startsAtHour,
    closesInMs: (startsInDays - 1) * DAY_MS,
    fate,
  }));
}
