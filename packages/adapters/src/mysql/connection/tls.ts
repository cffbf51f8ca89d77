/** TLS to MySQL, with the server's certificate and host name verified. */
export type MysqlTls = {
  /** The authorities that the certificate is verified by, in PEM; null for those that the system trusts. */
  readonly ca: string | null;
};

/** The options of the driver: TLS or, for null, plain text. */
export function tlsOptions(tls: MysqlTls | null) {
  if (tls === null) return {};
  const ca = tls.ca === null ? {} : { ca: tls.ca };
  return { ssl: { ...ca, rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' } };
}
