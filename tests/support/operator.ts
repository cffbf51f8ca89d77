import type { Answer } from './client.ts';
import type { Room } from './response-bodies.ts';
import type { Fan } from './fan.ts';

/** A concert with one date on sale. */
export type Sale = { readonly concertId: string; readonly eventId: string };

export type PolicyPatch = {
  readonly admission?: Readonly<Record<string, unknown>>;
  readonly hold?: Readonly<Record<string, unknown>>;
};

export type SaleOptions = {
  readonly seatCount?: number;
  readonly price?: number;
  readonly policy?: PolicyPatch;
};

export type Operator = {
  openSale(options?: SaleOptions): Promise<Sale>;
  changePolicy(concertId: string, patch: PolicyPatch): Promise<void>;
  room(concertId: string): Promise<Room>;
};

const HOUR_MS = 3_600_000;

/** `admin` has the scope admin. Whatever is refused here is a failure of the test. */
export function createOperator(admin: Fan): Operator {
  async function changePolicy(concertId: string, body: PolicyPatch): Promise<void> {
    expectOk(await admin.send('PATCH', `/v1/admin/concerts/${concertId}/policy`, { body }));
  }
  return {
    async openSale({ seatCount = 50, price = 100, policy } = {}) {
      const concert = await admin.send<{ id: string }>('POST', '/v1/admin/concerts', {
        body: { title: 'Winter Light', artist: 'The Night Owls' },
      });
      const concertId = expectOk(concert).id;
      const event = await admin.send<{ id: string }>('POST', `/v1/admin/concerts/${concertId}/events`, {
        body: { venue: 'Olympic Hall', seatCount, price, ...onSaleNow() },
      });
      if (policy !== undefined) await changePolicy(concertId, policy);
      return { concertId, eventId: expectOk(event).id };
    },
    changePolicy,
    room: async (concertId) =>
      expectOk(await admin.send<Room>('GET', `/v1/admin/concerts/${concertId}/waiting-room`)),
  };
}

/** The times of a date that sells now. */
export function onSaleNow() {
  return { reservationStartAt: inHours(-1), reservationEndAt: inHours(24), startsAt: inHours(48) };
}

function inHours(hours: number): string {
  return new Date(Date.now() + hours * HOUR_MS).toISOString();
}

/** The body of an answer that is no refusal. */
export function expectOk<Body>({ status, body }: Answer<Body>): Body {
  if (status >= 200 && status < 300) return body;
  throw new Error(`refused with ${status}: ${JSON.stringify(body)}`);
}
