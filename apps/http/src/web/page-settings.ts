import { CURRENCY } from '@frontrow/domain/shared/money.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { WalletCharges } from '../config.ts';
import type { WebConfig } from './web-variables.ts';

/** What the page knows about its installation before its first request. All of it is public. */
export type PageSettings = {
  /** `dev` gets tokens from `POST /v1/dev/tokens`, `session` from `sessionUrl`. */
  readonly mode: 'dev' | 'session';
  readonly sessionUrl: string | null;
  readonly signInUrl: string | null;
  readonly walletCharges: WalletCharges;
  readonly memory: boolean;
  readonly version: string;
  readonly currency: string;
};

export function pageSettingsOf({ session, memory }: WebConfig, walletCharges: WalletCharges): PageSettings {
  return {
    mode: session === null ? 'dev' : 'session',
    sessionUrl: session?.sessionUrl ?? null,
    signInUrl: session?.signInUrl ?? null,
    walletCharges,
    memory,
    version: manifest.version,
    currency: CURRENCY,
  };
}

/** Where the build of a page expects its settings: a data block, which no browser executes. */
const PLACE = '<script type="application/json" id="page-settings"></script>';

/** Fills in the settings. Throws for HTML without a place for them. */
export function withSettings(html: string, settings: PageSettings): string {
  const [before, after, ...others] = html.split(PLACE);
  if (before === undefined || after === undefined || others.length > 0)
    throw new Error(`the HTML of a page needs ${PLACE} once`);
  // `</script>` in a text would end the block. To JSON the escape is the same character.
  const json = JSON.stringify(settings).replaceAll('<', '\\u003c');
  return before + PLACE.replace('><', () => `>${json}<`) + after;
}
