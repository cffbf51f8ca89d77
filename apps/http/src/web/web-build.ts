import { accessSync, constants, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, createPage } from './page.ts';
import { type PageSettings } from './page-settings.ts';

/** Where `pnpm web:build` writes the fan page and the console. */
export const WEB_BUILD_FOLDER = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** The pages and files that this process serves. */
export type Web = {
  readonly settings: PageSettings;
  readonly fanPage: Page;
  readonly consolePage: Page;
  /** The folder of the files with a hash in their names. */
  readonly assets: string;
  readonly folder: string;
  /** The names of the other files, such as `robots.txt`. */
  readonly files: readonly string[];
};

/** Opens a build of the pages. Throws where there is none, and where one of its files cannot be read. */
export function openWeb(folder: string, settings: PageSettings): Web {
  try {
    const assets = join(folder, 'assets');
    for (const name of readdirSync(assets)) accessSync(join(assets, name), constants.R_OK);
    const files = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^\.|\.(html|br|gz)$/.test(entry.name))
      .map(({ name }) => name);
    for (const name of files) accessSync(join(folder, name), constants.R_OK);
    const page = (name: string) => createPage(() => readFileSync(join(folder, name), 'utf8'), settings);
    return {
      settings,
      folder,
      assets,
      files,
      fanPage: page('index.html'),
      consolePage: page('console.html'),
    };
  } catch (cause) {
    const { code, message, path = folder } = cause as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT'
        ? `${path} is missing`
        : code === undefined
          ? message
          : `${path} cannot be read (${code})`;
    throw new Error(
      `the pages cannot be served: ${reason}. Run "pnpm web:build", or set WEB=off to leave them out`,
      { cause },
    );
  }
}
