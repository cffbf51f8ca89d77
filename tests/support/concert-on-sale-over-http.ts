import { saleTimes } from './concert-on-sale.ts';

/** The ids of a concert and of its first date. */
export type Sale = { readonly concertId: string; readonly eventId: string };

/** Sends a POST with the scope admin and returns the body of its 2xx answer. */
export type PostAsAdmin = (path: string, body: object) => Promise<{ readonly id: string }>;

/** Creates a concert with one bookable date through the API. */
export async function createConcertOnSaleOverHttp(
  post: PostAsAdmin,
  date: object = {},
  title = 'Winter Light',
): Promise<Sale> {
  const concert = await post('/v1/admin/concerts', { title, artist: 'The Night Owls' });
  const event = await post(`/v1/admin/concerts/${concert.id}/events`, {
    ...dateOnSaleBody(),
    ...('layout' in date ? { price: undefined } : {}),
    ...date,
  });
  return { concertId: concert.id, eventId: event.id };
}

/** The body of a request for a date that is bookable at `now`, in ms since 1970. */
export function dateOnSaleBody(now = Date.now()) {
  const times = Object.entries(saleTimes(now)).map(([name, at]) => [name, new Date(at).toISOString()]);
  return { venue: 'Olympic Hall', price: 100, ...(Object.fromEntries(times) as SaleTimes) };
}

type SaleTimes = Record<keyof ReturnType<typeof saleTimes>, string>;
