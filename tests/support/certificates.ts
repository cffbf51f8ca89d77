import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

type Pem = { readonly private: string; readonly cert: string };

/** A certificate of a host, and the authority that has issued it. */
export type Issued = { readonly ca: Pem; readonly server: Pem };

/** The paths of the files, in PEM. */
export type CertificateFiles = { readonly ca: string; readonly cert: string; readonly key: string };

/** `ips` are addresses of the host, by which clients may reach it too. */
export async function issueCertificate(host: string, ips: readonly string[] = []): Promise<Issued> {
  const year = { notAfterDate: new Date(Date.now() + 365 * 24 * 3600 * 1000), keySize: 2048 };
  const ca = await generate([{ name: 'commonName', value: 'frontrow test CA' }], {
    ...year,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: host }], {
    ...year,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2 as const, value: host }, ...ips.map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
  });
  return { ca, server };
}

export async function writeCertificate(
  folder: string,
  name: string,
  { ca, server }: Issued,
): Promise<CertificateFiles> {
  const file = async (suffix: string, text: string) => {
    const path = join(folder, `${name}-${suffix}.pem`);
    await writeFile(path, text);
    return path;
  };
  return {
    ca: await file('ca', ca.cert),
    cert: await file('cert', server.cert),
    key: await file('key', server.private),
  };
}
