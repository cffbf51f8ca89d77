import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { Answer } from './client.ts';
import { type Sale, createConcertOnSaleOverHttp } from './concert-on-sale-over-http.ts';
import type { Room, SaleCode } from './response-bodies.ts';
import type { Fan } from './fan.ts';

export type PolicyPatch = {
  readonly admission?: Readonly<Record<string, unknown>>;
  readonly hold?: Readonly<Record<string, unknown>>;
  readonly presale?: { readonly publicStartAt: string } | null;
};

/** By default a date has 50 seats at 100 won each, and the policy is the default one. */
export type SaleOptions = {
  /** Of the concert. */
  readonly title?: string;
  readonly seatCount?: number;
  readonly price?: number;
  /** In place of `seatCount` and `price`. */
  readonly layout?: Layout;
  readonly policy?: PolicyPatch;
};

/** What an organiser does through the admin routes. */
export type Operator = {
  openSale(options?: SaleOptions): Promise<Sale>;
  changePolicy(concertId: string, patch: PolicyPatch): Promise<void>;
  /** Creates sale codes of a concert. */
  createSaleCodes(concertId: string, count: number, usesMax: number): Promise<readonly SaleCode[]>;
  /** Stops the sales of a date with the reason, or resumes them with null. */
  stopSales(eventId: string, reason: string | null): Promise<void>;
  room(concertId: string): Promise<Room>;
};

/** `admin` has the scope admin. A refusal throws. */
export function createOperator(admin: Fan): Operator {
  async function changePolicy(concertId: string, body: PolicyPatch): Promise<void> {
    expectOk(await admin.send('PATCH', `/v1/admin/concerts/${concertId}/policy`, { body }));
  }
  const post = async (path: string, body: object) =>
    expectOk(await admin.send<{ id: string }>('POST', path, { body }));
  return {
    async openSale({ policy, title, ...date } = {}) {
      const sale = await createConcertOnSaleOverHttp(post, date, title);
      if (policy !== undefined) await changePolicy(sale.concertId, policy);
      return sale;
    },
    changePolicy,
    async createSaleCodes(concertId, count, usesMax) {
      const path = `/v1/admin/concerts/${concertId}/sale-codes`;
      const body = { count, usesMax };
      return expectOk(await admin.send<{ items: SaleCode[] }>('POST', path, { body })).items;
    },
    async stopSales(eventId, reason) {
      const body = reason === null ? { salesState: 'RUNNING' } : { salesState: 'STOPPED', reason };
      expectOk(await admin.send('PUT', `/v1/admin/events/${eventId}/sales`, { body }));
    },
    room: async (concertId) =>
      expectOk(await admin.send<Room>('GET', `/v1/admin/concerts/${concertId}/waiting-room`)),
  };
}

/** The body of a 2xx answer; throws on any other. */
export function expectOk<Body>({ status, body }: Answer<Body>): Body {
  if (status >= 200 && status < 300) return body;
  throw new Error(`refused with ${status}: ${JSON.stringify(body)}`);
}
