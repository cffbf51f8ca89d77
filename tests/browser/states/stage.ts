import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { Locator, Page } from 'playwright-core';
import type { MemorySite } from '../../support/browser/memory-site.ts';
import { type PolicyPatch, expectOk } from '../../support/operator.ts';
import { type PageOptions, type Pages, moveClock } from '../support/use-pages.ts';

/** The instant at which every clock stands: a Saturday morning in Seoul. */
export const NOW = Date.parse('2026-10-03T10:00:00+09:00');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export type Fan = ReturnType<MemorySite['fan']>;

/** What a state of a page is reached with: a server, an operator, other fans, and one browser. */
export type Stage = {
  readonly site: MemorySite;
  openFan(options?: PageOptions): Promise<Page>;
  openConsole(path?: string, scope?: string): Promise<Page>;
  /** Moves the clock of the server and that of the page. */
  advance(page: Page, ms: number): Promise<void>;
  createConcert(facts?: Partial<ConcertFacts>): Promise<string>;
  createDate(concertId: string, facts?: Partial<DateFacts>): Promise<string>;
  /** A concert with one date that is on sale. */
  openSale(policy?: PolicyPatch, facts?: Partial<DateFacts>): Promise<{ concertId: string; eventId: string }>;
};

type ConcertFacts = { readonly title: string; readonly artist: string; readonly description: string };
type DateFacts = {
  readonly venue: string;
  /** In days from now. */
  readonly startsInDays: number;
  readonly opensInMs: number;
  readonly closesInMs: number;
  readonly refundInDays: number;
  readonly seatCount: number;
  readonly price: number;
  /** In place of `seatCount` and `price`. */
  readonly layout: Layout;
};

/** A named state of a page; its name is that of its screenshots. */
export type State = {
  readonly name: string;
  /** The sizes in which it is pictured; the phone only by default. */
  readonly viewports?: readonly ('phone' | 'desktop')[];
  /** What differs between runs although every clock stands. */
  readonly mask?: (page: Page) => readonly Locator[];
  /** Leads a page to the state, and resolves when the page shows it. */
  readonly reach: (stage: Stage) => Promise<Page>;
};

export function createStage(site: MemorySite, pages: Pages): Stage {
  const post = async (path: string, body: object) =>
    expectOk(await site.admin.send<{ id: string }>('POST', path, { body })).id;
  const createConcert: Stage['createConcert'] = ({
    title = 'The Long Way Home',
    artist = 'The Paper Lanterns',
    description = 'Three evenings in the round hall by the river.',
  } = {}) => post('/v1/admin/concerts', { title, artist, description });

  const createDate: Stage['createDate'] = (concertId, facts = {}) => {
    const { venue = 'Haneul Hall, Seoul', startsInDays = 30, opensInMs = -DAY_MS } = facts;
    const {
      closesInMs = (startsInDays - 1) * DAY_MS,
      refundInDays = startsInDays - 1,
      seatCount = 100,
      price = 99_000,
      layout,
    } = facts;
    return post(`/v1/admin/concerts/${concertId}/events`, {
      venue,
      startsAt: at(startsInDays * DAY_MS + 10 * HOUR_MS), // 20:00 in Seoul
      reservationStartAt: at(opensInMs),
      reservationEndAt: at(closesInMs),
      refundUntil: at(refundInDays * DAY_MS),
      ...(layout === undefined ? { seatCount, price } : { layout }),
    });
  };

  return {
    site,
    createConcert,
    createDate,
    openFan: (options = {}) => pages.openFan(site, { user: 'mina', standingAt: site.now(), ...options }),
    openConsole: (path = '/console', scope = 'admin') =>
      pages.openConsole(site, { path, scope, standingAt: site.now() }),
    async advance(page, ms) {
      site.advance(ms);
      await moveClock(page, site.now(), ms);
    },
    async openSale(policy, facts) {
      const concertId = await createConcert();
      if (policy !== undefined) await site.changePolicy(concertId, policy);
      return { concertId, eventId: await createDate(concertId, facts) };
    },
  };
}

function at(inMs: number): string {
  return new Date(NOW + inMs).toISOString();
}
