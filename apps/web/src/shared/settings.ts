/** What the server tells the page, in a data block of the HTML. */
export type PageSettings = {
  /** `dev`: the server gives anybody a token. `session`: the token comes from `sessionUrl`. */
  readonly mode: 'dev' | 'session';
  readonly sessionUrl: string | null;
  readonly signInUrl: string | null;
  /** Whether fans may charge their own wallets. */
  readonly walletCharges: 'open' | 'scoped';
  /** Whether the server keeps everything in memory, as `npm start` does. */
  readonly memory: boolean;
  readonly version: string;
  readonly currency: 'KRW';
};

/** For the development server of Vite, which serves the HTML without settings. */
const DEVELOPMENT: PageSettings = {
  mode: 'dev',
  sessionUrl: null,
  signInUrl: null,
  walletCharges: 'open',
  memory: true,
  version: 'development',
  currency: 'KRW',
};

export const settings: PageSettings = readSettings();

function readSettings(): PageSettings {
  const text = globalThis.document?.querySelector('#page-settings')?.textContent?.trim() ?? '';
  return text === '' ? DEVELOPMENT : (JSON.parse(text) as PageSettings);
}
