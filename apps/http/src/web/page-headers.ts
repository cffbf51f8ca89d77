import type { PageSettings } from './page-settings.ts';

/** Features of the browser that the pages do not use. */
const UNUSED_FEATURES = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
];

/** The headers of the fan page and the console, beside those of every answer. */
export function pageHeaders(settings: PageSettings): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': pagePolicy(settings),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
  };
}

/** Scripts, styles, images and requests of this server only; beside it, requests to the server of sessions. */
function pagePolicy({ sessionUrl }: PageSettings): string {
  const sessionOrigin = sessionUrl === null ? undefined : URL.parse(sessionUrl)?.origin;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    ["connect-src 'self'", sessionOrigin].filter(Boolean).join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
