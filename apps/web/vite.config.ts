import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const SERVER = process.env['FRONTROW_URL'] ?? 'http://127.0.0.1:3000';

/** Builds the fan page and the operator console into `dist`; `vite` serves both beside a running frontrow. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  appType: 'mpa',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'], // the first versions with `light-dark()`
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: URL but for images
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/v1': SERVER } },
});
