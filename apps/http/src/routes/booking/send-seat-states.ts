import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { SeatStates } from '@frontrow/application/ports/booking/seats.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptsGzip } from '../shared/accepts-gzip.ts';
import { memoizeByObject } from '@frontrow/application/shared/memoize-by-object.ts';
import { sendJson } from '../shared/send-json.ts';
import { addVary } from '../shared/vary.ts';
import { presentSeatStates } from './seat-states-schema.ts';

const compress = promisify(gzip);
/** Below this, compression saves less than it costs. */
const COMPRESSED_BYTES_MIN = 1_024;

const jsonOf = memoizeByObject((read: SeatStates) => ({ json: JSON.stringify(presentSeatStates(read)) }));
/** Letters in random order repeat only by chance: to search for repeats takes ten times as long, and saves nothing. */
const gzipOf = memoizeByObject((read: SeatStates) =>
  compress(jsonOf(read).json, { strategy: constants.Z_RLE }),
);

/** Serialises and compresses the states once for all requests that share their read. */
export async function sendSeatStates(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  read: SeatStates,
): Promise<FastifyReply> {
  const { json } = jsonOf(read);
  addVary(reply, 'Accept-Encoding');
  if (json.length < COMPRESSED_BYTES_MIN || !acceptsGzip(headers['accept-encoding']))
    return sendJson(reply, json);
  reply.header('Content-Encoding', 'gzip').type('application/json; charset=utf-8');
  return reply.send(await gzipOf(read));
}
