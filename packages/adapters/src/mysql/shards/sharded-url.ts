/** Behind Vitess' vtgate, which speaks the protocol of MySQL. */
export function isSharded(url: string): boolean {
  return /^vitess:/i.test(url);
}

/** The URL for MySQL's driver. */
export function driverUrl(url: string): string {
  return url.replace(/^vitess:/i, 'mysql:');
}
