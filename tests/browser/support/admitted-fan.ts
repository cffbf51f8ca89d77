import type { Page } from 'playwright-core';
import type { MemorySite } from '../../support/browser/memory-site.ts';
import { expectOk } from '../../support/operator.ts';
import type { PageOptions } from './use-pages.ts';

type AdmittedFan = {
  /** The same fan through the API. */
  readonly fan: ReturnType<MemorySite['fan']>;
  /** For the page of the fan. */
  readonly options: Required<Pick<PageOptions, 'user' | 'prepare'>>;
};

/** Joins the waiting room of a concert through the API, and gives the ticket to the browser of the fan. */
export async function admitFan(site: MemorySite, user: string, concertId: string): Promise<AdmittedFan> {
  const fan = site.fan(user);
  const place = expectOk(await fan.join(concertId));
  const [key, value] = [
    `${user}/frontrow.ticket.${concertId}`,
    `${place.sequence} ${place.asOf} ${place.token}`,
  ];
  const prepare = (page: Page) =>
    page.addInitScript(
      ([name, ticket]) => {
        if (location.protocol === 'http:' && localStorage.getItem(name) === null)
          localStorage.setItem(name, ticket);
      },
      [key, value] as const,
    );
  return { fan, options: { user, prepare } };
}
