import { createDemoHall } from '@frontrow/adapters/process/demo-hall.ts';
import { expectOk } from '../../support/operator.ts';
import { DAY_MS, type Stage, type State } from './stage.ts';
import { walkStates } from './walk-states.ts';

const HOUR_MS = 60 * 60 * 1000;

async function sellOut({ site }: Stage, concertId: string, eventId: string): Promise<void> {
  const guest = site.fan('guest');
  expectOk(await guest.join(concertId));
  const { id } = expectOk(await guest.hold(eventId, [1, 2]));
  expectOk(await guest.charge(1_000_000));
  expectOk(await guest.pay(id));
}

/** A concert with a date in each state of its sale. */
async function createManyDates(stage: Stage): Promise<string> {
  const concertId = await stage.createConcert({
    title: '첫차를 기다리며',
    artist: '새벽정류장',
    description: '네 도시를 찾아가는 투어.',
  });
  const soldOut = await stage.createDate(concertId, {
    venue: '서울 마루소극장',
    startsInDays: 20,
    seatCount: 2,
  });
  await sellOut(stage, concertId, soldOut);
  await stage.createDate(concertId, {
    venue: '부산 바다문화회관',
    startsInDays: 30,
    layout: createDemoHall(),
  });
  const stopped = await stage.createDate(concertId, { venue: '강릉 솔숲야외무대', startsInDays: 40 });
  await stage.site.stopSales(stopped, '좌석 배치를 확인하고 있습니다.');
  await stage.createDate(concertId, { venue: '대구 달빛아트홀', startsInDays: 50, opensInMs: 3 * HOUR_MS });
  await stage.createDate(concertId, { venue: '광주 무등홀', startsInDays: 10, closesInMs: -HOUR_MS });
  return concertId;
}

const states: readonly State[] = [
  {
    name: 'concerts',
    viewports: ['phone', 'desktop'],
    async reach(stage) {
      await stage.openSale();
      await createManyDates(stage);
      const choir = await stage.createConcert({ title: 'Stadium Echoes', artist: 'Han River Choir' });
      await stage.createDate(choir, { venue: 'Riverside Arena, Seoul', opensInMs: 2 * HOUR_MS });
      const page = await stage.openFan({ user: null });
      await page.getByRole('link', { name: 'Stadium Echoes' }).waitFor();
      return page;
    },
  },
  {
    name: 'concerts-none-found',
    async reach(stage) {
      await stage.openSale();
      const page = await stage.openFan({ user: null });
      await page.getByRole('searchbox').fill('zzz');
      await page.getByText('zzz').waitFor();
      return page;
    },
  },
  {
    name: 'concert',
    viewports: ['phone', 'desktop'],
    async reach(stage) {
      const page = await stage.openFan({ path: `/concerts/${await createManyDates(stage)}`, locale: 'ko' });
      await page.getByText('광주 무등홀').waitFor();
      return page;
    },
  },
  {
    name: 'concert-presale',
    async reach(stage) {
      const publicStartAt = new Date(stage.site.now() + 3 * DAY_MS).toISOString();
      const { concertId } = await stage.openSale({ presale: { publicStartAt } });
      const page = await stage.openFan({ path: `/concerts/${concertId}` });
      await page.getByRole('button', { name: 'Join the waiting room' }).click();
      await page.getByLabel('Presale code').waitFor();
      return page;
    },
  },
  {
    name: 'concert-missing',
    async reach(stage) {
      const page = await stage.openFan({ path: '/concerts/01000000000000000000000099' });
      await page.getByRole('heading', { level: 1 }).waitFor();
      return page;
    },
  },
];

walkStates(states);
