import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Layout } from '@frontrow/domain/halls/layout.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** A layout as a row has it: its JSON, compressed with gzip, and the SHA-256 of the JSON. */
export type LayoutDocument = { readonly document: Buffer; readonly digest: Buffer };

export async function writeDocument(layout: Layout): Promise<LayoutDocument> {
  const json = JSON.stringify(layout);
  return { document: await compress(json), digest: hash('sha256', json, 'buffer') };
}

export async function readDocument(document: Buffer): Promise<Layout> {
  return JSON.parse((await decompress(document)).toString()) as Layout;
}
