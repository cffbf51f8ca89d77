/** The sequence in a ticket, which is signed but not encrypted. */
export function sequenceIn(ticket: string): number {
  const payload = Buffer.from(ticket.split('.')[2] ?? '', 'base64url').toString();
  const [, , sequence] = JSON.parse(payload) as [string, string, number];
  return sequence;
}
