import type { TicketCodes } from '@frontrow/application/ports/booking/ticket-codes.ts';
import { type TokenSecret, createKeyedMacs, equalInConstantTime } from './keyed-macs.ts';

/** Part of what is signed, so that a secret that also signs something else cannot forge a code. */
const VERSION = 'frontrow-entry-ticket-v1';
const CODE_LENGTH_MAX = 256;
const MAC_BYTES = 16;
const SEAT_NUMBER = /^[1-9]\d{0,4}$/;

/**
 * Signs codes as `<keyId>.<reservationId>.<seatNumber>.<mac>`. The mac is the first half of HMAC-SHA-256, in hex. With a
 * key id without small letters, all characters are those of the alphanumeric mode of a QR code, which keeps it small.
 * Throws for a key id that is unusable or named twice.
 */
export function createTicketCodes(secrets: readonly TokenSecret[]): TicketCodes {
  const macs = createKeyedMacs(secrets);
  const macOf = (keyId: string, signed: string) =>
    macs.mac(keyId, `${VERSION}.${signed}`)?.toString('hex', 0, MAC_BYTES).toUpperCase() ?? null;

  return {
    sign({ reservationId, seatNumber }) {
      const signed = `${macs.signingKeyId}.${reservationId}.${seatNumber}`;
      return `${signed}.${macOf(macs.signingKeyId, signed)}`;
    },
    verify(code) {
      if (code.length > CODE_LENGTH_MAX) return null;
      const [keyId = '', reservationId = '', seat = '', mac = '', ...rest] = code.split('.');
      if (!SEAT_NUMBER.test(seat) || rest.length > 0) return null;
      const expected = macOf(keyId, `${keyId}.${reservationId}.${seat}`);
      if (expected === null || !equalInConstantTime(mac, expected)) return null;
      return { reservationId, seatNumber: Number(seat) };
    },
  };
}
